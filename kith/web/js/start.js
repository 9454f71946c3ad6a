// Starts the small controllers that a page names in data-controller; nothing else runs.
const CONTROLLERS = __CONTROLLERS__;

for (const element of document.querySelectorAll("[data-controller]")) {
  for (const name of element.dataset.controller.split(" ")) {
    if (name in CONTROLLERS) import(CONTROLLERS[name]).then((module) => module.default(element));
  }
}
