// Comforts of the officer's phone, on top of forms that work without any script:
// a signature on glass, a scanner where the browser has one, parties while typing, no form lost.

const DPR = Math.min(window.devicePixelRatio || 1, 2);

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

// The signature: drawn on a canvas, handed to the form's file field as a PNG.
function signInto(place) {
  const field = document.getElementById(place.dataset.signInto);
  if (!field || !window.DataTransfer) return;
  const box = document.createElement("div");
  box.className = "spot-sign";
  const glass = document.createElement("canvas");
  glass.setAttribute("aria-label", "当事人在这里签名");
  glass.setAttribute("role", "img");
  glass.tabIndex = -1;
  const tools = document.createElement("div");
  tools.className = "spot-tools";
  box.append(glass, tools);
  place.prepend(box);
  const pen = glass.getContext("2d");
  let last = null;

  function clean() {
    glass.width = glass.clientWidth * DPR;
    glass.height = glass.clientHeight * DPR;
    pen.scale(DPR, DPR);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, glass.clientWidth, glass.clientHeight);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#10202a";
    field.value = "";
  }
  function at(event) {
    const edge = glass.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  }
  glass.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    glass.setPointerCapture(event.pointerId);
    last = at(event);
  });
  glass.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = at(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
  });
  glass.addEventListener("pointerup", () => {
    if (!last) return;
    last = null;
    glass.toBlob((picture) => {
      const carrier = new DataTransfer();
      carrier.items.add(new File([picture], "signature.png", { type: "image/png" }));
      field.files = carrier.files;
      glass.dataset.signed = "1";
    }, "image/png");
  });
  tools.append(button("重签", clean));
  clean();
}

// The scanner: the code on a licence, read by the browser itself.
function scanFor(place) {
  const field = document.getElementById(place.dataset.scanFor);
  if (!field || !("BarcodeDetector" in window)) return;
  const camera = document.createElement("input");
  camera.type = "file";
  camera.accept = "image/*";
  camera.capture = "environment";
  camera.hidden = true;
  camera.addEventListener("change", async () => {
    const picture = await createImageBitmap(camera.files[0]);
    const found = await new window.BarcodeDetector().detect(picture);
    if (found.length) {
      field.value = found[0].rawValue;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      field.placeholder = "没有认出码，请再拍一次，或者直接打字";
    }
  });
  const tools = document.createElement("div");
  tools.className = "spot-tools";
  tools.append(button("扫码", () => camera.click()), camera);
  place.append(tools);
}

// A card read by the platform, where it can: the picture goes up, the words come back into the form.
function readCard(place) {
  const camera = document.createElement("input");
  camera.type = "file";
  camera.accept = "image/*";
  camera.capture = "environment";
  camera.hidden = true;
  camera.setAttribute("aria-label", "拍证件");
  const says = document.createElement("p");
  says.className = "s";
  says.setAttribute("role", "status");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;

  async function ask(address) {
    for (let tries = 0; tries < 30; tries += 1) {
      await new Promise((done) => setTimeout(done, 700));
      const answer = await fetch(address);
      if (answer.status === 200) return answer.json();
      if (answer.status !== 202) return null;
    }
    return null;
  }
  camera.addEventListener("change", async () => {
    says.textContent = "正在认证件上的字……";
    const sent = new FormData();
    sent.append("card", camera.files[0]);
    const answer = await fetch(place.dataset.cardTo, { method: "POST", body: sent, headers: { "X-CSRFToken": token } }).catch(() => null);
    const told = answer && (await answer.json().catch(() => ({})));
    const words = told && told.ask ? await ask(told.ask) : null;
    if (!words || !(words.name || words.code)) {
      says.textContent = (told && told.says) || "没有认出来，请再拍一次，或者直接打字。";
      return;
    }
    const form = place.closest("form");
    form.elements.party.value = words.name || words.code;
    form.elements.party_code.value = words.code;
    form.elements.party_address.value = words.address;
    form.querySelector(".spot-new").open = true;
    form.elements.party.dispatchEvent(new Event("input", { bubbles: true }));
    says.textContent = "已经填上，请和证件核对。";
  });
  const tools = document.createElement("div");
  tools.className = "spot-tools";
  tools.append(button("拍证件认字", () => camera.click()), camera);
  place.append(tools, says);
}

// Parties of the register while one types.
function suggest(place) {
  const field = document.getElementById("id_party");
  if (!field) return;
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = field.value.trim();
      const answer = asked.length < 2 ? null : await fetch(`${place.dataset.partyFrom}?party=${encodeURIComponent(asked)}`).catch(() => null);
      if (answer && answer.ok && field.value.trim() === asked) place.innerHTML = await answer.text();
      if (!asked) place.textContent = "";
    }, 250);
  });
}

// Without signal the form stays where it is, and says so; it goes out when the signal is back.
function keep(form) {
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    delete form.dataset.sent;
    let note = form.querySelector("[data-offline]");
    if (!note) {
      note = document.createElement("p");
      note.className = "why w";
      note.dataset.offline = "1";
      note.setAttribute("role", "status");
      form.append(note);
    }
    note.textContent = "现在没有网络，填的都还在；有了网络会自动提交。";
    const pressed = event.submitter;
    window.addEventListener("online", () => form.requestSubmit(pressed), { once: true });
  }, true);
}

document.querySelectorAll("[data-sign-into]").forEach(signInto);
document.querySelectorAll("[data-scan-for]").forEach(scanFor);
document.querySelectorAll("[data-card-to]").forEach(readCard);
document.querySelectorAll("[data-party-from]").forEach(suggest);
document.querySelectorAll("form[data-keep]").forEach(keep);
