//! Where somebody was who looked at a point on the spot. Their position is their own: what is kept of it is how far it was from
//! the point's.

use serde::{Deserialize, Serialize};

use crate::geo::Position;

/// A door, a counter and an entrance lie so far apart; further away one is somewhere else.
const NEAR: u32 = 100;
/// A telephone that knows no more than this knows nothing, in metres.
const VAGUEST: f64 = 10_000.0;

/// How far from a point somebody was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// From the point's position, in metres.
    pub metres: u32,
    /// How exact the telephone said it was, in metres.
    pub accuracy: u32,
}

impl Sighting {
    /// From where a point should be and where a telephone was.
    pub fn new(point: Position, here: Position, accuracy: f64) -> Self {
        let metres = |number: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rounded, between 0 and 20,100,000"
            )]
            let whole = number.round().clamp(0.0, 20_100_000.0) as u32;
            whole
        };
        let accuracy = if accuracy.is_finite() { accuracy.clamp(0.0, VAGUEST) } else { VAGUEST };
        Self { metres: metres(point.distance(here)), accuracy: metres(accuracy) }
    }

    /// Whether one cannot have stood at the point, however vague the telephone was.
    pub fn is_far(self) -> bool {
        self.metres > NEAR + self.accuracy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_is_further_than_the_telephone_can_be_wrong() {
        let point = Position::new(104.0, 30.6).unwrap();
        // A thousandth of a degree of latitude is 111 m.
        for (north, accuracy, metres, far) in [
            (0.0, 5.0, 0, false),
            (0.0009, 5.0, 100, false),
            (0.001, 5.0, 111, true),
            (0.001, 20.0, 111, false),
            (0.05, 3_000.0, 5_560, true),
            (0.05, f64::NAN, 5_560, false),
            (0.001, -1.0, 111, true),
        ] {
            let here = Position::new(104.0, 30.6 + north).unwrap();
            let sighting = Sighting::new(point, here, accuracy);
            assert_eq!((sighting.metres, sighting.is_far()), (metres, far), "{north} {accuracy}");
        }
    }
}
