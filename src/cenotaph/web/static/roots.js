// The lines of one root stand out while its name is pointed at or focused.
for (const plot of document.querySelectorAll(".graph__plot")) {
  const light = (root) => {
    plot.toggleAttribute("data-lit", root !== undefined);
    for (const line of plot.querySelectorAll(".graph__lines path")) line.classList.toggle("lit", line.dataset.root === root);
  };
  for (const node of plot.querySelectorAll(".graph__node")) {
    for (const event of ["pointerenter", "focusin"]) node.addEventListener(event, () => light(node.dataset.root));
    for (const event of ["pointerleave", "focusout"]) node.addEventListener(event, () => light());
  }
}
