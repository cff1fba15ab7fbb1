// One box marks all that are shown; what is put into the page later is marked as well.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-selects]")) return;
  for (const one of target.form.querySelectorAll(`input[name="${CSS.escape(target.dataset.selects)}"]`)) one.checked = target.checked;
});

// Files can be dropped anywhere on the page; they go into the form, and nothing is sent before that.
const drop = document.querySelector("[data-drop]");
if (drop) {
  const files = drop.querySelector("input[type=file]");
  const over = (event, on) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.open = true;
    drop.classList.toggle("drop--over", on);
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer?.files.length) files.files = event.dataTransfer.files;
  });
}
