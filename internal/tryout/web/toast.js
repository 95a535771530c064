// The short answer to a press: a line that goes away, or a box to be closed.

const line = document.getElementById("toast");
const box = document.getElementById("alert-dialog");
let timer = 0;

export function toast(text, alert) {
  if (alert) {
    document.getElementById("alert-text").textContent = text;
    if (!box.open) box.showModal();
    return;
  }
  line.textContent = text;
  line.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => {
    line.classList.remove("shown");
    line.textContent = "";
  }, 6000);
}
