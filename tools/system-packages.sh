#!/bin/sh
# Programs that some tests use and pip cannot bring. Without them those tests are skipped, each with its reason.
missing=""
command -v soffice >/dev/null || missing="$missing libreoffice-writer libreoffice-calc"
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="$missing chromium"
fc-list :lang=zh-cn 2>/dev/null | grep -qi "noto.*cjk" || missing="$missing fontconfig fonts-noto-cjk"
fc-list 2>/dev/null | grep -qi "wenkai" || missing="$missing fonts-lxgw-wenkai"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
    echo "could not be installed"
fi
echo "missing$missing: the tests that need them are skipped"
exit 0
