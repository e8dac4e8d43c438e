//! What the browser calls.

use wasm_bindgen::prelude::wasm_bindgen;

/// See [`crate::decode`].
#[wasm_bindgen]
pub fn decode(grey: &[u8], width: usize) -> Option<String> {
    crate::decode(grey, width)
}
