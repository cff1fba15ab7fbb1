// The days that a timeline shows are chosen by two handles, by dragging over its bars, or by typing; one event tells all.

const figure = document.querySelector("[data-timeline]");
if (figure) start(figure);

function start(figure) {
  const firsts = figure.dataset.firsts.split(" "), lasts = figure.dataset.lasts.split(" "), says = figure.dataset.days.split("|");
  const one = (name) => figure.querySelector(`[data-${name}]`);
  const handles = [one("brush-from"), one("brush-to")], days = [one("day-from"), one("day-to")];
  const all = firsts.length - 1;

  function bar(day, otherwise) {
    if (!day) return otherwise;
    const found = lasts.findIndex((last) => day <= last);
    return found < 0 ? all : found;
  }

  function draw(from, to) {
    handles[0].value = from;
    handles[1].value = to;
    handles[0].setAttribute("aria-valuetext", says[from]);
    handles[1].setAttribute("aria-valuetext", says[to]);
    for (const rect of figure.querySelectorAll("[data-chosen]")) {
      rect.setAttribute("x", from);
      rect.setAttribute("width", to - from + 1);
      rect.toggleAttribute("data-whole", from === 0 && to === all);
    }
    for (const row of figure.querySelectorAll("[data-bar]")) row.toggleAttribute("data-outside", row.dataset.bar < from || row.dataset.bar > to);
  }

  let waiting = 0;
  function choose(from, to) {
    const [low, high] = from <= to ? [from, to] : [to, from];
    draw(low, high);
    const whole = low === 0 && high === all;
    days[0].value = whole ? "" : firsts[low];
    days[1].value = whole ? "" : lasts[high];
    tell(waits);
  }
  const waits = 200;

  function tell(after) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const [from, to] = days.map((day) => day.value);
      const said = (day, list) => says[list.indexOf(day)]?.split(" – ")[0] ?? (day || "…");
      one("brush-says").textContent = from || to ? figure.dataset.chosenSays.replace("{first}", said(from, firsts)).replace("{last}", said(to, lasts)) : "";
      const address = new URL(location.href);
      for (const [name, value] of [["from", from], ["to", to]]) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
      history.replaceState(null, "", address);
      document.dispatchEvent(new CustomEvent("days", { detail: { from, to } }));
    }, after);
  }

  handles.forEach((handle) => handle.addEventListener("input", () => {
    const [from, to] = handles.map((one) => Number(one.value));
    if (handle === handles[0]) choose(from, Math.max(from, to));
    else choose(Math.min(from, to), to);
  }));
  days.forEach((day) => day.addEventListener("change", () => {
    draw(bar(days[0].value, 0), Math.max(bar(days[0].value, 0), bar(days[1].value, all)));
    tell(0);
  }));
  one("brush-form").addEventListener("submit", (event) => { event.preventDefault(); tell(0); });
  one("brush-all").addEventListener("click", (event) => { event.preventDefault(); choose(0, all); });

  // A pointer drawn over the bars chooses the days under it.
  let began = null;
  const at = (event, svg) => {
    const box = svg.getBoundingClientRect(), leftward = getComputedStyle(svg).direction === "rtl";
    const along = leftward ? box.right - event.clientX : event.clientX - box.left;
    return Math.min(all, Math.max(0, Math.floor((along / box.width) * (all + 1))));
  };
  for (const svg of figure.querySelectorAll(".timeline__bars")) {
    svg.addEventListener("pointerdown", (event) => { if (event.button) return; began = at(event, svg); svg.setPointerCapture(event.pointerId); });
    svg.addEventListener("pointermove", (event) => { if (began !== null) choose(began, at(event, svg)); });
    svg.addEventListener("pointerup", (event) => { if (began !== null) choose(began, at(event, svg)); began = null; });
    svg.addEventListener("pointercancel", () => { began = null; });
  }

  one("brush").hidden = false;
  draw(bar(days[0].value, 0), bar(days[1].value, all));
}
