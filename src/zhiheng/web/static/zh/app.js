// Small comforts on top of pages that work without any script.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  // "/" goes to the search box, Escape closes open menus.
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    var box = document.querySelector("[data-slash]");
    if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
    if (event.key === "Escape") closeMenus(null);
  });

  // One menu at a time; a click elsewhere closes it.
  function closeMenus(inside) {
    document.querySelectorAll("details[data-popover][open]").forEach(function (menu) {
      if (!inside || !menu.contains(inside)) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target);
    var printer = event.target.closest("[data-print]");
    if (printer) window.print();
    var who = event.target.closest("[data-login]");
    if (who) {
      document.getElementById("id_login").value = who.dataset.login;
      document.getElementById("id_password").value = who.dataset.password;
      document.querySelector("main form button.primary").focus();
    }
  });

  // A form goes out once: the pressed button rests until the answer is here.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(wake, 10000); // the answer was a file, or never came
  });
  function wake() {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-busy]").forEach(function (button) {
        button.removeAttribute("aria-busy");
      });
    });
  }
  window.addEventListener("pageshow", function () { wake(); follow(); });
  document.addEventListener("htmx:afterRequest", wake);

  // Chosen pictures are shown at once, other files by name and size.
  function show(input) {
    var place = input.closest(".drop");
    place = place && place.querySelector("[data-picked]");
    if (!place) return;
    place.textContent = "";
    Array.prototype.forEach.call(input.files, function (file) {
      var item = document.createElement("span");
      if (/^image\//.test(file.type)) {
        var picture = new Image();
        picture.src = URL.createObjectURL(file);
        picture.alt = file.name;
        picture.onload = function () { URL.revokeObjectURL(picture.src); };
        item.appendChild(picture);
      } else {
        item.textContent = file.name + "（" + Math.max(1, Math.round(file.size / 1024)) + " KB）";
      }
      place.appendChild(item);
    });
  }
  document.addEventListener("change", function (event) {
    if (event.target.type === "file") show(event.target);
  });

  // A question that only follows from another answer waits for it: data-when="name=value", or
  // "name" for any answer at all. What was sent back with a complaint stays in sight.
  function follow() {
    document.querySelectorAll("[data-when]").forEach(function (control) {
      var wish = control.dataset.when.split("=");
      var asked = control.form && control.form.elements[wish[0]];
      var field = control.closest(".field");
      if (!asked || !field) return;
      var given = asked.value.trim();
      var wanted = wish.length > 1 ? given === wish[1] : !/^(0*(\.0*)?)$/.test(given);
      field.hidden = !wanted && !field.classList.contains("bad");
    });
  }
  document.addEventListener("input", follow);

  // Errors are read out first, the current station of a long line is in view.
  function arrive(scope) {
    follow();
    var errors = scope.querySelector("[data-focus]");
    if (errors) errors.focus();
    scope.querySelectorAll(".way .now, .tabs [aria-current]").forEach(function (now) {
      var line = now.closest(".way-box, .tabs");
      if (line.scrollWidth > line.clientWidth) line.scrollLeft = now.offsetLeft - line.clientWidth / 2 + now.offsetWidth / 2;
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", function () { arrive(document); });
  else arrive(document);
  document.addEventListener("htmx:afterSettle", function (event) { arrive(event.target); });
})();
