// Shows the booking of a Smart CX tenant where this script stands, as high as its content. It stores nothing, asks
// nobody else, and needs of the website's policy: script-src and frame-src for the host that it comes from.
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script) return;
  var origin = new URL(script.src).origin;
  var said = script.dataset;
  var lang = said.lang === "en" || said.lang === "de" ? said.lang : "de";
  var words = { de: ["zeit", "leistung", "Termin buchen"], en: ["time", "service", "Book an appointment"] }[lang];
  var address = origin + "/" + lang + "/t/" + encodeURIComponent(said.tenant || "") + "/widget/";
  address += said.service ? words[0] + "?" + words[1] + "=" + encodeURIComponent(said.service) : words[1];

  var frame = document.createElement("iframe");
  frame.src = address;
  frame.title = said.title || words[2];
  frame.style.width = "100%";
  frame.style.height = "40rem";
  frame.style.border = "0";
  frame.style.display = "block";
  script.parentNode.insertBefore(frame, script);

  var asking, pages;
  function hello() {
    if (frame.contentWindow) frame.contentWindow.postMessage({ smartcx: "hello" }, origin);
  }
  // The page within may not listen yet when it has loaded; it is asked until it answers.
  frame.addEventListener("load", function () {
    var left = 240;
    pages = 0;
    clearInterval(asking);
    asking = setInterval(function () {
      if (left-- > 0) hello();
      else clearInterval(asking);
    }, 250);
    hello();
  });
  window.addEventListener("message", function (event) {
    if (event.origin !== origin || event.source !== frame.contentWindow || !event.data) return;
    if (event.data.smartcx === "height" && isFinite(event.data.height)) {
      clearInterval(asking);
      frame.style.height = Math.min(Math.max(event.data.height, 100), 20000) + "px";
    } else if (event.data.smartcx === "page" && pages++ > 0 && frame.getBoundingClientRect().top < 0) {
      frame.scrollIntoView();
    }
  });
})();
