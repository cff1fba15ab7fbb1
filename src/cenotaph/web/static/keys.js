// Keys: any element with data-key is pressed or focused by it; data-go after "g" goes to a page; j and k walk along
// [data-item]. Nothing is bound while somebody writes, and all of it can be turned off (data-keys="off").

const off = document.body.dataset.keys === "off";
const writing = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio)$/.test(element.type);

let going = 0;

function press(element) {
  if (element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) element.focus();
  else if (element.dataset.opens) open(element.dataset.opens);
  else element.click();
}

function open(id) {
  const sheet = document.getElementById(id);
  if (id === "keys") listKeys(sheet.querySelector("[data-keys-list]"));
  sheet.showModal();
}

function listKeys(list) {
  list.replaceChildren();
  const told = new Map(items().length ? [["j k", list.dataset.walk]] : []);
  for (const one of document.querySelectorAll("[data-key]")) if (one.dataset.says || one.textContent.trim()) told.set(one.dataset.key, one.dataset.says || one.textContent.trim());
  for (const one of document.querySelectorAll("[data-go]")) told.set(`g ${one.dataset.go}`, one.textContent.trim());
  for (const [key, says] of told) {
    const term = document.createElement("dt"), what = document.createElement("dd"), kbd = document.createElement("kbd");
    kbd.textContent = key;
    term.append(kbd);
    what.textContent = says;
    list.append(term, what);
  }
}

const items = () => [...document.querySelectorAll("[data-item]")].filter((one) => one.getClientRects().length);
const nowhere = () => !document.activeElement || document.activeElement === document.body;

let was = -1; // where the person stood, when the focus is lost: a field was left, or a part of the page was put anew

document.addEventListener("focusin", () => {
  const item = at();
  was = item ? items().indexOf(item) : -1;
});
document.addEventListener("htmx:afterSwap", () => {
  const found = items();
  if (was >= 0 && nowhere() && found.length) found[Math.min(was, found.length - 1)].focus();
});

function walk(step) {
  const found = items();
  if (!found.length) return;
  const here = found.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const now = here < 0 && nowhere() ? was : here;
  const next = found[Math.min(found.length - 1, Math.max(0, now < 0 ? 0 : now + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function at() {
  return document.activeElement?.closest("[data-item]");
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && writing(event.target)) return event.target.blur();
  if (writing(event.target) || document.querySelector("dialog[open]")) return;
  const key = event.key;
  if (Date.now() - going < 1500) {
    going = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (link) return event.preventDefault(), link.click();
  }
  if (key === "g") return void (going = Date.now());
  if (key === "j" || key === "k") return event.preventDefault(), walk(key === "j" ? 1 : -1);
  const item = at();
  if (item && key === "Enter" && event.target === item) {
    const link = item.querySelector("a[data-open], a");
    if (link) return event.preventDefault(), link.click();
  }
  const inside = item?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const found = inside ?? [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => !one.closest("[data-item]") && one.getClientRects().length);
  if (found) {
    event.preventDefault();
    press(found);
  }
}

if (!off) document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) open(opener.dataset.opens);
});

// A form that is on its way is not sent once more by a second press; after a while, or on coming back, it may be.
let sent = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target, method = event.submitter?.formMethod || form.method;
  if (event.defaultPrevented || method !== "post") return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), 10_000);
});
addEventListener("pageshow", () => { sent = new WeakSet(); });
