// The page of a report. Marks and claims show each other; words are selected with the mouse or walked along by keys;
// forms open in their places. Offsets are code points of the report's own text: data-start of each run, and so on.

const text = document.getElementById("text");
const claims = new Map([...document.querySelectorAll(".claim[data-mark]")].map((one) => [one.dataset.mark, one]));
const runs = [...text.querySelectorAll("[data-start]")];
const signs = new Map([...text.querySelectorAll("[data-sign]")].map((one) => [one.dataset.sign, one]));
const points = (string) => [...string].length;
const number = (run, name) => Number(run.dataset[name]);
const endOf = (run) => (run.dataset.end ? number(run, "end") : number(run, "start") + points(run.textContent));

// --- a claim and its mark show each other --------------------------------------------------------------------------

let shown = "";

function show(mark, scroll) {
  if (mark !== shown) {
    for (const one of document.querySelectorAll(".is-shown")) one.classList.remove("is-shown");
    shown = mark;
    claims.get(mark)?.classList.add("is-shown");
    signs.get(mark)?.classList.add("is-shown");
    for (const run of runs) if (marksOf(run).includes(mark)) run.classList.add("is-shown");
    light(claims.get(mark));
  }
  if (scroll === "claim") near(claims.get(mark));
  if (scroll === "mark") near(signs.get(mark));
}

function near(element) {
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function marksOf(run) {
  return run.dataset.marks ? run.dataset.marks.split(" ") : [];
}

function innermost(run) {
  return marksOf(run).at(-1);
}

function light(claim) {
  if (!globalThis.CSS?.highlights) return;
  CSS.highlights.delete("quoted");
  CSS.highlights.delete("rests");
  if (!claim?.dataset.quote) return;
  const ranges = (spans) => spans.map((one) => rangeOf(...one.split("-").map(Number))).filter(Boolean);
  CSS.highlights.set("quoted", new Highlight(...ranges([claim.dataset.quote])));
  const rests = new Highlight(...ranges(claim.dataset.spans.trim().split(" ").filter(Boolean)));
  rests.priority = 1;
  CSS.highlights.set("rests", rests);
}

function rangeOf(start, end) {
  const first = runs.find((run) => start < endOf(run)), last = runs.findLast((run) => number(run, "start") < end);
  if (!first || !last || number(first, "start") > end) return null;
  const range = document.createRange();
  range.setStart(...inside(first, start));
  range.setEnd(...inside(last, end));
  return range;
}

function inside(run, at) {
  const node = run.firstChild;
  if (!node) return [run, 0];
  if (run.dataset.end) return [node, at >= number(run, "end") ? node.length : 0];
  return [node, [...node.data].slice(0, Math.max(0, at - number(run, "start"))).join("").length];
}

text.addEventListener("mouseover", (event) => {
  const run = event.target.closest("[data-marks]"), sign = event.target.closest("[data-sign]");
  if (sign || run) show(sign ? sign.dataset.sign : innermost(run), "claim");
});
text.addEventListener("click", (event) => {
  const run = event.target.closest("[data-marks]");
  if (run && getSelection().isCollapsed) claims.get(innermost(run))?.focus();
});
text.addEventListener("focusin", (event) => {
  const sign = event.target.closest("[data-sign]");
  if (sign) show(sign.dataset.sign, "claim");
});
document.addEventListener("focusin", (event) => {
  const claim = event.target.closest(".claim[data-mark]");
  if (claim) show(claim.dataset.mark, reached(claim, event.target) ? "mark" : "");
});

// The words come into view for who walks to a claim. Nothing moves under a finger or a mouse: what was pressed would be
// elsewhere when it is let go.
function reached(claim, target) {
  return target === claim && claim.matches(":focus-visible");
}

document.addEventListener("click", (event) => {
  const sign = event.target.closest(".sign");
  const aim = sign && document.getElementById(sign.getAttribute("href").slice(1));
  if (!aim) return;
  event.preventDefault();
  aim.focus();
  near(aim);
});
for (const claim of claims.values()) claim.addEventListener("mouseenter", () => show(claim.dataset.mark));

// --- what stands open ----------------------------------------------------------------------------------------------

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.matches("[data-opens-at]")) event.target.querySelector("input[name=why]")?.select();
}, true);

for (const button of document.querySelectorAll("[data-unblur]")) {
  button.addEventListener("click", () => {
    const clear = button.closest("figure").querySelector("img").classList.toggle("is-clear");
    button.setAttribute("aria-pressed", String(clear));
  });
}

function put(slot, answer) {
  slot.replaceChildren(...new DOMParser().parseFromString(answer, "text/html").body.childNodes);
  offerTaking();
}

async function open(link, url) {
  const slot = document.getElementById(link.dataset.form);
  const answer = await fetch(url, { headers: { "x-part": "1" }, credentials: "same-origin" });
  if (!answer.ok) return void (location.href = url);
  put(slot, await answer.text());
  slot.opener = link;
  slot.querySelector("[data-first]")?.focus();
  near(slot);
}

function close(slot) {
  const back = slot.opener;
  slot.replaceChildren();
  (back?.closest("[data-item]") ?? back ?? text).focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-form]"), cancel = event.target.closest("[data-cancel]");
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link) {
    event.preventDefault();
    const url = new URL(link.href), chosen = link.matches("[data-add]") ? selection() : null;
    if (chosen) url.search = new URLSearchParams({ ...Object.fromEntries(url.searchParams), start: chosen.start, end: chosen.end });
    leave();
    open(link, url);
  } else if (cancel?.closest(".slot")) {
    event.preventDefault();
    close(cancel.closest(".slot"));
  }
});
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-stays]") || !form.closest(".slot")) return;
  event.preventDefault();
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form));
  const answer = await fetch(url, { headers: { "x-part": "1" }, credentials: "same-origin" });
  const slot = form.closest(".slot");
  put(slot, await answer.text());
  (slot.querySelector("[aria-invalid]") ?? slot.querySelector("[data-first]"))?.focus();
});
document.addEventListener("keydown", (event) => {
  const slot = event.key === "Escape" && event.target.closest(".slot");
  if (slot && !event.target.matches("input, select, textarea")) close(slot);
});

// --- selected words as places in the text --------------------------------------------------------------------------

function selection() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const met = runs.filter((run) => run.firstChild && range.intersectsNode(run.firstChild));
  if (!met.length) return null;
  const start = Math.min(...met.map((run) => offset(run, range.startContainer, range.startOffset, "start")));
  const end = Math.max(...met.map((run) => offset(run, range.endContainer, range.endOffset, "end")));
  return start < end ? { start, end } : null;
}

function offset(run, container, at, side) {
  const edge = side === "start" ? number(run, "start") : endOf(run);
  if (container !== run.firstChild || run.dataset.end) return edge;
  return number(run, "start") + points(container.data.slice(0, at));
}

// --- and selected by keys: the words of the text one by one, in the order in which they are read -------------------

const status = document.querySelector("[data-selected]");
let aim = null;
const starter = document.querySelector("[data-select]");
let walk = null;

function wordsOf(line) {
  const pieces = [...line.querySelectorAll("[data-start]")].filter((run) => run.firstChild);
  const whole = pieces.map((run) => run.textContent).join("");
  const cut = globalThis.Intl?.Segmenter
    ? [...new Intl.Segmenter(text.lang || "en", { granularity: "word" }).segment(whole)].filter((one) => one.isWordLike).map((one) => [one.index, one.index + one.segment.length])
    : [...whole.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((one) => [one.index, one.index + one[0].length]);
  const at = (place, isEnd) => {
    let left = place;
    for (const run of pieces) {
      const length = run.firstChild.length;
      if (left < length || (isEnd && left === length)) return [run.firstChild, left];
      left -= length;
    }
    const last = pieces.at(-1).firstChild;
    return [last, last.length];
  };
  return cut.map(([start, end]) => ({ start: at(start, false), end: at(end, true) }));
}

function begin() {
  const lines = [...text.querySelectorAll("[data-line]")].map((element) => ({ element, words: wordsOf(element) })).filter((one) => one.words.length);
  if (!lines.length) return;
  const mark = shown && signs.get(shown)?.closest("[data-line]");
  const top = lines.findIndex((one) => (mark ? one.element === mark : one.element.getBoundingClientRect().bottom > 40));
  const line = Math.max(0, top);
  walk = { lines, line, word: 0, from: { line, word: 0 } };
  text.setAttribute("role", "application");
  text.setAttribute("aria-label", status.dataset.label);
  text.focus({ preventScroll: true });
  draw();
}

function leave() {
  if (!walk) return;
  walk = null;
  text.removeAttribute("role");
  text.removeAttribute("aria-label");
  status.replaceChildren();
}

function draw() {
  const here = { line: walk.line, word: walk.word };
  const before = here.line < walk.from.line || (here.line === walk.from.line && here.word < walk.from.word);
  const [first, last] = before ? [here, walk.from] : [walk.from, here];
  const word = (one) => walk.lines[one.line].words[one.word];
  getSelection().setBaseAndExtent(...word(first).start, ...word(last).end);
  const strong = document.createElement("strong"), how = document.createElement("small");
  strong.dir = "auto";
  strong.textContent = told(first, last);
  how.textContent = aim ? status.dataset.taking : status.dataset.how;
  status.replaceChildren(strong, how);
  const rect = getSelection().getRangeAt(0).getBoundingClientRect();
  if (rect.top < 40 || rect.bottom > innerHeight - 90) walk.lines[here.line].element.scrollIntoView({ block: "center" });
}

function told(first, last) {
  const range = document.createRange(), word = (one) => walk.lines[one.line].words[one.word];
  range.setStart(...word(first).start);
  range.setEnd(...word(last).end);
  const copy = range.cloneContents();
  for (const sign of copy.querySelectorAll(".sign")) sign.remove();
  return copy.textContent;
}

function go(step) {
  let { line, word } = walk;
  word += step;
  if (word < 0 && line > 0) word = walk.lines[--line].words.length - 1;
  else if (word >= walk.lines[line].words.length && line < walk.lines.length - 1) [line, word] = [line + 1, 0];
  to(line, word);
}

function to(line, word) {
  walk.line = Math.min(walk.lines.length - 1, Math.max(0, line));
  walk.word = Math.min(walk.lines[walk.line].words.length - 1, Math.max(0, word));
}

const STEPS = {
  ArrowRight: () => go(rightward() ? -1 : 1), ArrowLeft: () => go(rightward() ? 1 : -1),
  ArrowDown: () => to(walk.line + 1, walk.line + 1 < walk.lines.length ? 0 : Infinity), ArrowUp: () => to(walk.line - 1, 0),
  Home: () => to(walk.line, 0), End: () => to(walk.line, Infinity),
};

function rightward() {
  return getComputedStyle(walk.lines[walk.line].element).direction === "rtl";
}

function onWalk(event) {
  if (!walk || event.ctrlKey || event.metaKey || event.altKey || !text.contains(document.activeElement)) return;
  if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault(), (aim ?? starter).focus();
    aim = null;
    return leave();
  }
  if (aim && event.key === "Enter") return event.preventDefault(), take();
  if (event.key === "Enter" || event.key === "c") {
    aim = null;
    event.preventDefault();
    return void document.querySelector("[data-add]").click();
  }
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  step();
  if (!event.shiftKey) walk.from = { line: walk.line, word: walk.word };
  draw();
}

starter.hidden = false;
starter.addEventListener("click", () => ((aim = null), begin()));
document.addEventListener("keydown", onWalk, true);

// --- selected words for a field of a form: at once where some are, else by the keys --------------------------------

function offerTaking() {
  for (const one of document.querySelectorAll("[data-take]")) one.hidden = false;
}

const placeOf = (field) => document.getElementsByName(`at:${field.name}`)[0];

function take() {
  const found = selection(), field = aim;
  if (!found) return;
  aim = null;
  leave();
  field.value = wordsAt(found.start, found.end);
  placeOf(field).value = `${found.start}-${found.end}`;
  field.focus();
  near(field);
}

function wordsAt(start, end) {
  let words = "", line = null;
  for (const run of runs) {
    if (endOf(run) <= start || number(run, "start") >= end) continue;
    const own = run.closest("[data-line]"), from = number(run, "start");
    if (line && own !== line) words += " ";
    line = own;
    words += run.dataset.end ? run.textContent : [...run.textContent].slice(Math.max(0, start - from), end - from).join("");
  }
  return words.replace(/[\s\u2060]+/gu, (signs) => (/\s/.test(signs) ? " " : "")).trim();
}

document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-take]")) event.preventDefault(); // what is selected stays so
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  leave();
  aim = document.getElementById(button.dataset.take);
  if (selection()) take();
  else begin();
});
document.addEventListener("input", (event) => {
  const place = event.target.name && placeOf(event.target);
  if (place) place.value = "";
});
offerTaking();

// --- where the person was ------------------------------------------------------------------------------------------

const at = document.querySelector("template[data-at]")?.dataset.at ?? decodeURIComponent(location.hash.slice(1));
const claim = at && [...claims.values()].find((one) => one.dataset.claim === at || one.dataset.mark === at);
const first = document.querySelector(".slot [aria-invalid]") ?? document.querySelector(".slot [data-first]");
if (first) first.focus(), near(first.closest("form"));
else if (claim) claim.focus(), near(claim);
