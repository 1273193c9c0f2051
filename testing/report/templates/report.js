"use strict";
const dialogues = [...document.querySelectorAll(".dialogue")];
const box = document.getElementById("filter");
const only = document.getElementById("only-failures");
const none = document.getElementById("no-match");
const texts = new Map();

function text(dialogue) {
  if (!texts.has(dialogue)) texts.set(dialogue, dialogue.textContent.toLowerCase());
  return texts.get(dialogue);
}

function apply() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const dialogue of dialogues) {
    const wanted = !only.checked || dialogue.classList.contains("failed");
    dialogue.hidden = !(wanted && words.every((word) => text(dialogue).includes(word)));
    if (!dialogue.hidden) shown += 1;
  }
  none.hidden = shown > 0;
}

function reveal() {
  const turn = location.hash && document.getElementById(location.hash.slice(1));
  const dialogue = turn && turn.closest(".dialogue");
  if (!dialogue) return;
  dialogue.hidden = false;
  dialogue.open = true;
  turn.scrollIntoView({ block: "center" });
}

box.addEventListener("input", apply);
only.addEventListener("change", apply);
document.getElementById("fold").addEventListener("click", () => {
  const open = !dialogues.some((dialogue) => !dialogue.hidden && dialogue.open);
  for (const dialogue of dialogues) if (!dialogue.hidden) dialogue.open = open;
});
window.addEventListener("hashchange", reveal);
apply();
reveal();
