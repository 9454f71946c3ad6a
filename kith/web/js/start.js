// Starts the small controllers that a page names in data-controller; nothing else runs.
const CONTROLLERS = __CONTROLLERS__;

for (const element of document.querySelectorAll("[data-controller]")) {
  for (const name of element.dataset.controller.split(" ")) start(element, name);
}

async function start(element, name) {
  if (!(name in CONTROLLERS)) return;
  const controller = await import(CONTROLLERS[name]);
  controller.default(element);
  element.dataset.started = `${element.dataset.started ?? ""} ${name}`;
}
