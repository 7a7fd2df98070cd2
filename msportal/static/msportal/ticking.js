// Ticks all rows of the queue's page at once, and says how many are ticked.
// Without it each row is ticked by itself.

const form = document.querySelector("#several");
const boxes = [...document.querySelectorAll('input[name="row"]')];

if (form && boxes.length > 1) {
  const label = document.createElement("label");
  const all = document.createElement("input");
  const said = document.createElement("span");
  all.type = "checkbox";
  said.setAttribute("role", "status");
  label.className = "tick-all";
  label.append(all, " Tick all on this page");
  document.querySelector(".queue-list").before(label, said);
  said.className = "ticked-number";

  const tell = () => {
    const number = boxes.filter((box) => box.checked).length;
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && !all.checked;
    said.textContent = number ? `${number} ticked` : "";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}
