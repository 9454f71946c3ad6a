// Starts the small controllers that a page names in data-controller; nothing else runs.
const CONTROLLERS = __CONTROLLERS__;

for (const element of document.querySelectorAll("[data-controller]")) {
  for (const name of element.dataset.controller.split(" ")) start(element, name);
}

// What came back to be put right or looked at is where somebody goes on: for the keyboard and for whoever hears the page.
// Not before the page stands: going to the #place in its address takes the focus away.
window.addEventListener("load", () => document.querySelector('[role=alert][tabindex="-1"], #preview')?.focus());

async function start(element, name) {
  if (!(name in CONTROLLERS)) return;
  const controller = await import(CONTROLLERS[name]);
  controller.default(element);
  element.dataset.started = `${element.dataset.started ?? ""} ${name}`;
}
