"use strict";
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  root.classList.add("js");
  const narrow = matchMedia("(max-width: 760px)");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const live = $("live");
  const report = document.querySelector(".report");
  const cards = all(".card");

  // Every element of a statement by its key: marks in the text, entries in the ledger, nodes and curves of the flow.
  const parts = new Map();
  for (const element of all("[data-k]")) {
    for (const key of element.dataset.k.split(" ")) {
      if (!parts.has(key)) parts.set(key, []);
      parts.get(key).push(element);
    }
  }
  const inOrder = [...new Set(all("mark[id]").map((mark) => mark.dataset.k))];
  const flow = document.querySelector(".flow");
  const table = document.querySelector(".alternative");
  const unfold = () => { if (table && narrow.matches) table.open = true; };
  narrow.addEventListener("change", unfold);
  unfold();

  const say = (words) => { live.textContent = words; };

  // Look and view
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
  const showTheme = () => $("theme").setAttribute("aria-pressed", String(dark()));
  $("theme").addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; showTheme(); });
  prefersDark.addEventListener("change", showTheme);
  showTheme();
  $("print").addEventListener("click", () => print());
  const tabs = all("nav a[data-view]");
  const show = (view) => {
    root.dataset.view = view;
    for (const tab of tabs) {
      if (tab.dataset.view === view) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
  };
  show("text");
  for (const tab of tabs) {
    tab.addEventListener("click", (event) => {
      show(tab.dataset.view);
      if (narrow.matches) event.preventDefault();
      if (narrow.matches && $("tools").getBoundingClientRect().top <= 0) $(tab.dataset.view).scrollIntoView();
    });
  }
  new ResizeObserver(() => root.style.setProperty("--bar", `${$("tools").offsetHeight}px`)).observe($("tools"));

  // Scrolls the pane that an element or a range is in, or the window where the pane doesn't scroll, until it stands in
  // the upper part. Twice, since paragraphs out of sight have guessed heights until they are drawn.
  const reveal = (target) => {
    if (!target.getClientRects().length) return;
    const pane = (target.startContainer?.parentElement || target).closest(".body");
    const scrolls = pane && pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible";
    const move = () => {
      const box = target.getBoundingClientRect();
      const top = scrolls ? pane.getBoundingClientRect().top : $("tools").offsetHeight;
      if (!scrolls && box.top > top && box.bottom < innerHeight) return;
      const room = scrolls ? pane.clientHeight : innerHeight - top;
      (scrolls ? pane : window).scrollBy(0, box.top - top - Math.max(16, (room - box.height) / 3));
    };
    move();
    requestAnimationFrame(move);
    const work = $("work").getBoundingClientRect();
    if (scrolls && (work.bottom < 200 || work.top > innerHeight - 200)) $("work").scrollIntoView();
  };
  const flash = (element) => {
    element.classList.remove("flash");
    void element.offsetWidth;
    element.classList.add("flash");
  };

  // One statement at a time is picked; hovering lights up its parts without moving anything.
  let picked = null;
  const each = (key, action) => { for (const element of parts.get(key) || []) action(element); };
  const mark = (key, name, on) => {
    each(key, (element) => element.classList.toggle(name, on));
    flow?.classList.toggle("picked", Boolean(flow.querySelector("path.on, path.hot")));
  };
  const clear = () => { if (picked) mark(picked, "on", false); picked = null; };
  const pick = (key, { from = null, go = null } = {}) => {
    if (!parts.has(key)) return;
    clear();
    picked = key;
    mark(key, "on", true);
    const place = $(`s-${key}`);
    // A measure may stand under several problems: the first that no filter hides.
    const entries = parts.get(key).filter((element) => element.matches(".entry"));
    const entry = entries.find((element) => !element.closest("[hidden]")) || entries[0];
    if (narrow.matches && go) show(go);
    if (place && from !== "text" && (!narrow.matches || root.dataset.view === "text")) reveal(place);
    if (entry && from !== "ledger" && (!narrow.matches || root.dataset.view === "ledger")) reveal(entry);
    const label = place?.querySelector(".tag")?.dataset.label || "";
    if (from !== "flow") drawing(key);
    say(`${label} ${entry?.querySelector("h3, .headline")?.textContent || ""}`);
  };
  // Scrolls the drawing within its own frame, so that what is picked elsewhere is seen there too.
  const drawing = (key) => {
    const node = flow?.querySelector(`a.node[data-k="${key}"]`);
    if (!node) return;
    const frame = flow.parentElement;
    frame.scrollTop += node.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
  };
  const keyOf = (target) => target.closest?.("[data-k]")?.dataset.k.split(" ")[0];
  let hovered = null;
  document.addEventListener("pointerover", (event) => {
    const key = keyOf(event.target);
    if (key === hovered) return;
    if (hovered) mark(hovered, "hot", false);
    hovered = key;
    if (key) mark(key, "hot", true);
  });
  document.addEventListener("click", (event) => {
    const note = event.target.closest("a[data-note]");
    if (note) {
      event.preventDefault();
      show("text");
      const place = document.querySelector(`.report .${note.dataset.note}`) || document.querySelector(note.getAttribute("href"));
      if (place) { reveal(place); flash(place); }
      return;
    }
    const link = event.target.closest("a.tag, a.node");
    if (link) {
      event.preventDefault();
      const [side, key] = link.getAttribute("href").slice(1).split("-");
      const from = ["text", "ledger"].find((id) => link.closest(`#${id}`)) || (link.closest(".flow") ? "flow" : null);
      pick(key, { from, go: side === "s" ? "text" : "ledger" });
      return;
    }
    const key = keyOf(event.target);
    if (!key || event.target.closest("summary") || !getSelection().isCollapsed) return;
    pick(key, { from: event.target.closest("#text") ? "text" : event.target.closest("#ledger") ? "ledger" : null });
  });

  // Filters
  const gaps = new Set();
  let dimension = null;
  const input = $("q"), found = $("found");
  const lower = (text) => { const low = text.toLowerCase(); return low.length === text.length ? low : text; };
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const texts = new Map(cards.map((card) => [card, lower(card.textContent)]));
  let hits = [], at = -1;
  const apply = () => {
    const query = lower(input.value.trim());
    let shown = 0;
    for (const card of cards) {
      const lacking = card.dataset.gap.split(" ");
      const fits = (!dimension || card.dataset.dim === dimension) && [...gaps].every((gap) => lacking.includes(gap))
        && (!query || texts.get(card).includes(query)) && all(".entry", card).some((entry) => visible(entry));
      card.hidden = !fits;
      shown += fits;
    }
    const filtered = Boolean(dimension || gaps.size || root.matches(".no-problem, .no-cause, .no-measure"));
    if ($("no-match")) $("no-match").hidden = shown > 0;
    mute(filtered && (dimension || gaps.size));
    search(query);
    const words = query ? fill(found.dataset.found, { hits: hits.length, cards: shown })
      : filtered ? fill(found.dataset.filtered, { cards: shown, all: cards.length }) : "";
    found.textContent = words;
    say(words);
  };
  const visible = (entry) => !["problem", "cause", "measure"].some(
    (kind) => entry.classList.contains(kind) && root.classList.contains(`no-${kind}`));
  // Statements whose cards are all filtered away lose their tint, so that the text shows what the ledger shows.
  const mute = (filtered) => {
    const kept = new Set();
    if (filtered) for (const card of cards) if (!card.hidden) for (const entry of all(".entry", card)) kept.add(entry.dataset.k);
    for (const element of all("mark")) element.classList.toggle("away", Boolean(filtered) && !kept.has(element.dataset.k));
  };

  // Search: marks are painted by the browser (CSS highlights), the text itself stays as it is.
  const paintable = Boolean(window.CSS?.highlights && window.Highlight);
  const search = (query) => {
    hits = []; at = -1;
    all("p.hit").forEach((p) => p.classList.remove("hit"));
    if (paintable) { CSS.highlights.delete("hits"); CSS.highlights.delete("hit"); }
    if (!query) return;
    for (const paragraph of report.children) {
      const text = lower(paragraph.textContent);
      let from = text.indexOf(query);
      if (from < 0) continue;
      paragraph.classList.add("hit");
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      let node = walker.nextNode(), offset = 0;
      const locate = (position, end) => {
        while (node && (end ? offset + node.length < position : offset + node.length <= position)) {
          offset += node.length; node = walker.nextNode();
        }
        return [node, position - offset];
      };
      for (; from >= 0; from = text.indexOf(query, from + query.length)) {
        const range = new Range();
        range.setStart(...locate(from, false));
        range.setEnd(...locate(from + query.length, true));
        hits.push(range);
      }
    }
    if (paintable && hits.length) CSS.highlights.set("hits", new Highlight(...hits.slice(0, 5000)));
  };
  const step = (by) => {
    if (!hits.length) return;
    at = (at + by + hits.length) % hits.length;
    if (narrow.matches) show("text");
    const range = hits[at];
    if (paintable) { const one = new Highlight(range); one.priority = 1; CSS.highlights.set("hit", one); }
    reveal(range.startContainer.parentElement);
    requestAnimationFrame(() => reveal(range));
    const paragraph = range.startContainer.parentElement.closest("p");
    say(`${at + 1} / ${hits.length} · ${paragraph.textContent.slice(0, 40)}`);
  };
  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  });
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  for (const button of all(".chip")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      const { kind, gapIs, dimIs } = button.dataset;
      if (kind) root.classList.toggle(`no-${kind}`, !on);
      if (gapIs) on ? gaps.add(gapIs) : gaps.delete(gapIs);
      if (dimIs) { all("[data-dim-is]").forEach((other) => press(other, false)); dimension = on ? dimIs : null; }
      press(button, on);
      apply();
    });
  }
  for (const box of all("[data-detail]")) {
    box.addEventListener("change", () => root.classList.toggle(`no-${box.dataset.detail}`, !box.checked));
  }
  const reset = () => {
    input.value = ""; gaps.clear(); dimension = null;
    for (const button of all(".chip")) {
      press(button, Boolean(button.dataset.kind));
      if (button.dataset.kind) root.classList.remove(`no-${button.dataset.kind}`);
    }
    apply();
  };
  $("clear")?.addEventListener("click", () => { reset(); input.focus(); });

  // Keys
  const help = $("help");
  $("help-open").addEventListener("click", () => help.showModal());
  $("help-close").addEventListener("click", () => help.close());
  const move = (by) => {
    const shown = inOrder.filter((key) => {
      const place = $(`s-${key}`);
      return !place.classList.contains("away") && visible(place);
    });
    if (!shown.length) return;
    const now = shown.indexOf(picked);
    const next = shown[now < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, now + by))];
    if (narrow.matches && root.dataset.view === "relations") show("text");
    pick(next);
    const view = narrow.matches && root.dataset.view === "ledger" ? $(`e-${next}`).querySelector(".tag") : $(`s-${next}`).querySelector(".tag");
    view?.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    if (event.key === "Escape") {
      clear();
      if (input.value) { input.value = ""; apply(); }
      return;
    }
    if (event.target.matches("input[type=search]")) return;
    const action = { j: () => move(1), k: () => move(-1), "/": () => { input.focus(); input.select(); }, "?": () => help.showModal() }[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // A link from outside (…#s-p3) picks its statement.
  const start = /^#[se]-(\w+)$/.exec(location.hash);
  if (start) pick(start[1], { go: location.hash[1] === "s" ? "text" : "ledger" });
})();
