// The map: countries and places from this server alone. Words of places are set as text, never as HTML.
import { circle, divIcon, geoJSON, latLngBounds, layerGroup, map, marker } from "/static/vendor/leaflet/leaflet-src.esm.js";

const box = document.querySelector("[data-map]");
if (box) start(box);

function make(name, text, kind) {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

function start(box) {
  const told = box.dataset, says = document.querySelector("[data-map-says]");
  let days = null, asked = null, loaded = null, landed = null, opener = null;
  box.hidden = false;
  const view = map(box, {
    zoomSnap: 0.5, minZoom: 1.5, maxZoom: 13, maxBounds: [[-80, -200], [85, 380]], maxBoundsViscosity: 1,
    scrollWheelZoom: false, zoomControl: true, attributionControl: true,
  });
  view.attributionControl.setPrefix(false).addAttribution(told.source);
  for (const [name, words] of [["in", told.in], ["out", told.out]]) {
    const button = box.querySelector(`.leaflet-control-zoom-${name}`);
    button.title = words;
    button.setAttribute("aria-label", words);
  }
  const land = layerGroup().addTo(view), areas = layerGroup().addTo(view), spots = layerGroup().addTo(view);

  function url(path, more) {
    const address = new URL(path, location.href);
    for (const [name, value] of Object.entries(more)) value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    return address;
  }
  async function fetched(address, signal) {
    const answer = await fetch(address, { signal, headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer;
  }
  const sides = (bounds) => [bounds.getWest(), Math.max(-89, bounds.getSouth()), bounds.getEast(), Math.min(89, bounds.getNorth())].map((side) => side.toFixed(3)).join(",");

  // --- what a place says

  function popup(one, layer) {
    const inside = make("div", "", "place");
    inside.dir = document.documentElement.dir;
    const list = make("ul");
    for (const place of one.named) {
      const item = make("li"), link = make("a"), name = make("bdi", place.name);
      link.href = place.link;
      link.append(name, ` – ${place.claims}`);
      item.append(link, make("span", `${place.precision} · ${place.read}`, "small"));
      list.append(item);
    }
    inside.append(list);
    if (one.left) inside.append(make("p", one.left, "small"));
    if (one.places > 1 && layer.getLatLng) {
      const button = make("button", told.closer);
      button.type = "button";
      button.addEventListener("click", () => { view.closePopup(); view.setView(layer.getLatLng(), view.getZoom() + 2); box.focus(); });
      inside.append(button);
    }
    return inside;
  }
  function open(layer) {
    layer.openPopup();
    box.querySelector(".leaflet-popup a[href]:not(.leaflet-popup-close-button)")?.focus();
  }
  const size = (claims) => (claims < 10 ? 24 : claims < 100 ? 30 : claims < 1000 ? 38 : 46);

  function drawSpot(one) {
    if (one.radius_km) circle([one.lat, one.lon], { radius: one.radius_km * 1000, className: "area area--near", interactive: false, fill: false }).addTo(spots);
    const sign = make("span", one.number, "spot__number"), px = size(one.claims);
    const layer = marker([one.lat, one.lon], { icon: divIcon({ className: `spot spot--${one.read}`, html: sign, iconSize: [px, px] }), riseOnHover: true });
    layer.bindPopup(() => popup(one, layer), { maxWidth: 280 }).addTo(spots);
    name(layer.getElement(), one.label, layer);
  }
  function drawArea(one) {
    const wide = one.precision >= 6;
    const style = { className: `area${wide ? " area--wide" : ""}`, fillColor: wide ? "none" : "url(#hatch)", fillOpacity: 1 };
    geoJSON(one.geometry, { style }).eachLayer((layer) => {
      layer.bindPopup(() => popup(one, layer), { maxWidth: 280 }).addTo(areas);
      const path = layer.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      name(path, one.label, layer);
    });
  }
  function name(element, label, layer) {
    element.setAttribute("aria-label", label);
    element.dataset.label = label;
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      opener = element;
      open(layer);
    });
    element.addEventListener("click", () => { opener = element; });
  }
  function hatch() {
    const svg = box.querySelector(".leaflet-overlay-pane svg");
    if (!svg || svg.querySelector("#hatch")) return;
    const at = "http://www.w3.org/2000/svg", defs = document.createElementNS(at, "defs"), pattern = document.createElementNS(at, "pattern"), line = document.createElementNS(at, "path");
    for (const [key, value] of Object.entries({ id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" })) pattern.setAttribute(key, value);
    line.setAttribute("d", "M0 0V6");
    line.setAttribute("class", "hatch");
    pattern.append(line);
    defs.append(pattern);
    svg.prepend(defs);
  }

  // --- what is in view

  async function places() {
    const bounds = view.getBounds(), zoom = view.getZoom();
    if (loaded && loaded.zoom === zoom && loaded.days === days && loaded.bounds.contains(bounds)) return;
    const wide = bounds.pad(0.5);
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetched(url(told.places, { ...days, box: sides(wide), zoom: String(zoom) }), asked.signal);
      draw(await answer.json());
      loaded = { bounds: wide, zoom, days };
    } catch (error) {
      if (error.name !== "AbortError") says.textContent = told.failed;
    }
  }
  function draw(found) {
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.label : "";
    view.closePopup();
    areas.clearLayers();
    spots.clearLayers();
    for (const one of found.areas) drawArea(one);
    for (const one of found.spots) drawSpot(one);
    hatch();
    says.textContent = found.undrawn;
    if (focused) (box.querySelector(`[data-label="${CSS.escape(focused)}"]`) ?? box).focus();
    box.dataset.ready = "yes";
  }
  async function outlines() {
    const bounds = view.getBounds();
    if (landed?.contains(bounds)) return;
    const wide = bounds.pad(1);
    landed = wide;
    try {
      const answer = await fetched(url("/map/land", { box: sides(wide) }));
      const here = told.here.split(" "), layer = geoJSON(await answer.json(), { interactive: false, style: (one) => ({ className: here.includes(one.id) ? "land land--here" : "land" }) });
      land.clearLayers();
      land.addLayer(layer);
      layer.bringToBack();
    } catch {
      landed = null;
      says.textContent = told.failed;
    }
  }
  async function table() {
    const beside = document.getElementById("map-table");
    try {
      const answer = await fetch(url(told.table, days ?? {}));
      if (!answer.ok) throw new Error(`${answer.status}`);
      beside.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    } catch {
      says.textContent = told.failed;
    }
  }

  let moving = 0;
  view.on("moveend", () => { clearTimeout(moving); moving = setTimeout(() => { outlines(); places(); }, 120); });
  document.addEventListener("days", (event) => { days = event.detail; places(); table(); });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.querySelector(".leaflet-popup")) return;
    view.closePopup();
    opener?.focus();
    event.stopPropagation();
  });
  const [west, south, east, north] = told.view.split(",").map(Number);
  view.fitBounds(latLngBounds([south, west], [north, east]), { maxZoom: 10 });
}
