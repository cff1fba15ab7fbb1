// One box marks all that are shown.
for (const all of document.querySelectorAll("[data-selects]")) {
  const boxes = () => all.form.querySelectorAll(`input[name="${CSS.escape(all.dataset.selects)}"]`);
  all.addEventListener("change", () => boxes().forEach((one) => (one.checked = all.checked)));
}
