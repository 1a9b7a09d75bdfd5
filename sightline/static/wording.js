// Suggests better words while somebody writes. What is written does not leave the browser, and
// the page works without this file: the same list is looked through when the text is saved.

const SHOWN = 2;
const PAUSE = 400; // milliseconds without a key
const fields = [...document.querySelectorAll("textarea[data-wording]")];

function below(field) {
  const place = document.createElement("div");
  place.className = "app-wording";
  place.setAttribute("role", "status");
  field.after(place);
  return place;
}

function found(text, list) {
  const heard = text.replace(list.quoted, " · ");
  return list.phrases
    .map((phrase) => ({ ...phrase, match: phrase.expression.exec(heard) }))
    .filter((phrase) => phrase.match)
    .sort((one, other) => one.match.index - other.match.index)
    .slice(0, SHOWN);
}

function line(phrase) {
  const words = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = `“${phrase.match[0]}”: `;
  words.append(strong, `${phrase.why} You might write: ${phrase.instead}`);
  return words;
}

function watch(field, list) {
  const place = below(field);
  let said = "";
  let waiting;
  function look() {
    const phrases = found(field.value, list);
    const now = phrases.map((phrase) => phrase.match[0]).join("|");
    if (now === said) return;
    said = now;
    place.replaceChildren(...phrases.map(line));
  }
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  look();
}

async function start() {
  const answer = await fetch(fields[0].dataset.wording);
  if (!answer.ok) return;
  const list = await answer.json();
  list.quoted = new RegExp(list.quoted, "gu");
  for (const phrase of list.phrases) phrase.expression = new RegExp(phrase.pattern, "iu");
  for (const field of fields) watch(field, list);
}

if (fields.length) start().catch(() => {});
