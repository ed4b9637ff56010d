// the page stands in a frame of the Airflow UI: take over its light or dark
const outer = window.parent.document.documentElement;
const dress = () => document.documentElement.classList.toggle("dark", outer.classList.contains("dark"));
dress();
new MutationObserver(dress).observe(outer, { attributes: true, attributeFilter: ["class"] });
