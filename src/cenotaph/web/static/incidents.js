// One incident, and the list of them. The slider: the days of the list as steps of a range; the ladder of a day is asked for when the hand rests.
const form = document.querySelector("[data-asof]");
if (form) {
  const select = form.querySelector("select"), slide = form.querySelector("[data-asof-slide]");
  const range = slide.querySelector("input"), told = slide.querySelector("output"), ladder = document.getElementById("ladder");
  let asked = 0, waiting = 0;
  const tell = () => {
    const option = select.options[range.value];
    told.textContent = option.textContent;
    range.setAttribute("aria-valuetext", option.textContent);
    return option.value;
  };
  const look = async () => {
    const day = tell(), mine = ++asked;
    const query = new URLSearchParams(new FormData(form));
    query.set("as_of", day);
    const answer = await fetch(`${form.dataset.asof}?${query}`, { headers: { "HX-Request": "true" } });
    if (mine !== asked || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    ladder.replaceChildren(...page.body.childNodes);
    history.replaceState(null, "", `${form.action.split(/[?#]/)[0]}?${query}`);
  };
  range.addEventListener("input", () => {
    select.value = tell();
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  tell();
  form.querySelector("[data-asof-choose]").hidden = true;
  slide.hidden = false;
}

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}

// The list: an episode is closed and opened by its button, and by its key from any incident in it.
const folds = [...document.querySelectorAll("[data-folds]")];
const fold = (button) => {
  const below = document.getElementById(button.dataset.folds);
  below.hidden = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!below.hidden));
};
for (const button of folds) {
  button.hidden = false;
  button.addEventListener("click", () => fold(button));
}
document.addEventListener("keydown", (event) => {
  const below = document.activeElement?.closest(".told__below");
  if (event.key !== "o" || event.ctrlKey || event.metaKey || event.altKey || !below || document.body.dataset.keys === "off") return;
  const button = folds.find((one) => one.dataset.folds === below.id);
  fold(button);
  button.closest("[data-item]").focus();
});
