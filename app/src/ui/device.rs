//! What the reader's browser can do: some views inside other apps have no voice, clipboard or position.

use wasm_bindgen::JsValue;

/// Whether an object of the browser has a property; asking for one that is not there would throw.
pub fn has(object: &JsValue, property: &str) -> bool {
    js_sys::Reflect::get(object, &property.into()).is_ok_and(|value| !value.is_undefined())
}
