// the page stands in a frame of the Airflow UI: take over its light or dark
const outer = window.parent.document.documentElement;
const dress = () => document.documentElement.classList.toggle("dark", outer.classList.contains("dark"));
dress();
new MutationObserver(dress).observe(outer, { attributes: true, attributeFilter: ["class"] });
// the frame may not lead anywhere but itself: a link out of it is followed by the page around it
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[target="_top"]');
  if (!link || window.parent === window) return;
  event.preventDefault();
  const outside = window.parent.document.createElement("a");
  outside.href = link.href;
  window.parent.document.body.append(outside);
  outside.click();
  outside.remove();
});
