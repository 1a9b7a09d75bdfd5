// Keys choose an answer or follow a link; Ctrl and Enter send the form that is written in. Pages
// work without this file.

const STORE = "sightline-keys";
const line = document.querySelector("[data-keys]");
const page = document.documentElement;

const said = line?.firstChild.textContent;
let on = remembered() !== "off";

function remembered() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(STORE, value);
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
}

function show() {
  page.classList.toggle("app-keys-on", on);
  line.hidden = false;
  line.firstChild.textContent = on ? said : "The keys are off. ";
  line.querySelector("button").textContent = on ? "Turn the keys off" : "Turn the keys on";
}

function isWriting(element) {
  return element.matches("input:not([type=radio]), textarea, select, [contenteditable]");
}

function choose(radio) {
  radio.checked = true;
  if (radio.dataset.then) {
    radio.form.elements[radio.dataset.then].focus();
    return;
  }
  const reason = radio.form.querySelector("[name=because]");
  const wanting = radio.hasAttribute("data-reasoned") && !reason.value.trim();
  (wanting ? reason : radio.form.querySelector("[type=submit]")).focus();
}

function records(event) {
  const form = event.target.closest("form");
  if (!on || event.key !== "Enter" || !event.ctrlKey || event.repeat || !form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[type=submit]:not([formaction])"));
}

function act(event) {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (isWriting(event.target)) return;
  const key = event.key.toLowerCase();
  const target = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key);
  if (!target) return;
  event.preventDefault();
  if (target.type === "radio") choose(target);
  else target.click();
}

if (line) {
  line.querySelector("button").addEventListener("click", () => {
    on = !on;
    remember(on ? "on" : "off");
    show();
  });
  document.addEventListener("keydown", act);
  document.addEventListener("keydown", records);
  show();
}
