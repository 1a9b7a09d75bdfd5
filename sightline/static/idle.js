// Covers the page and locks the session when nobody was here for a while, in any tab. What was
// typed stays under the cover until its writer has shown who they are. Pages work without this
// file: then the next click finds the session locked.

const STORE = "sightline-here";
const MINUTE = 60_000;
const lock = document.querySelector("[data-idle-minutes]");
const cover = document.querySelector("[data-cover]");
const title = document.title;
let here = Date.now();
let told = here;

function remembered() {
  try {
    return Number(localStorage.getItem(STORE));
  } catch {
    return 0;
  }
}

function remember(moment) {
  try {
    localStorage.setItem(STORE, moment);
  } catch {
    // A browser that keeps nothing counts each tab for itself.
  }
}

const ask = () => fetch(cover.dataset.cover, { redirect: "manual" });

// While somebody writes, the server hears of it now and then.
function note() {
  here = Date.now();
  if (cover.hidden && here - told > 5 * MINUTE) {
    told = here;
    remember(here);
    ask();
  }
}

function show(covered) {
  cover.hidden = !covered;
  document.title = covered ? "Sightline" : title; // a title may name somebody
  document.documentElement.classList.toggle("app-covered", covered);
}

function look() {
  const away = Date.now() - Math.max(here, remembered());
  if (cover.hidden && away > lock.dataset.idleMinutes * MINUTE) {
    show(true);
    cover.querySelector("a").focus();
    fetch(lock.action, { method: "POST", body: new FormData(lock), redirect: "manual" });
  }
}

async function comeBack() {
  if (cover.hidden || document.hidden) return;
  const answer = await ask();
  if (answer.ok) {
    here = told = Date.now();
    show(false);
  }
}

if (lock && cover) {
  for (const sign of ["keydown", "pointerdown", "scroll"]) {
    document.addEventListener(sign, note, { passive: true });
  }
  setInterval(look, MINUTE / 2);
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("focus", comeBack);
}
