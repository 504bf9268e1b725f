//! The table of classes and verdicts, written out once more and compared status by status.

use aura_errors::{Class, Classes, Classify, Retry, Taxonomy};
use http::StatusCode;

/// The class that a status means by itself.
fn class_of(status: u16) -> Class {
    match status {
        401 | 407 | 511 => Class::Auth,
        403 | 451 => Class::Permission,
        400 | 413 | 422 => Class::Validation,
        404 | 410 => Class::NotFound,
        409 | 412 | 423 => Class::Conflict,
        429 => Class::RateLimit,
        408 | 504 => Class::Timeout,
        502 | 503 | 507 => Class::Unavailable,
        500..=599 => Class::Internal,
        400..=499 => Class::Request,
        _ => panic!("{status} is no error"),
    }
}

/// The verdict of a variant that declares exactly this status.
fn retry_of_declared(status: u16) -> Retry {
    match status {
        425 | 429 | 503 => Retry::Always,
        408 => Retry::IfIdempotent,
        501 | 505 | 506 | 508 | 510 | 511 => Retry::Never,
        500..=599 => Retry::IfIdempotent,
        _ => Retry::Never,
    }
}

/// The verdict where only the status is known.
fn retry_of_known(status: u16) -> Retry {
    if status == 503 { Retry::IfIdempotent } else { retry_of_declared(status) }
}

/// `error` is of this class, of no other, and of this verdict.
#[track_caller]
fn assert_classified(error: &dyn Classify, class: Class, retry: Retry, status: u16) {
    assert_eq!(error.classes(), Classes::of(class), "{status}");
    for &other in Class::ALL {
        assert_eq!(error.is(other), other == class, "{status} {other}");
    }
    assert_eq!(error.retry(), retry, "{status}");
    assert_eq!(error.is_retryable(), retry != Retry::Never, "{status}");
    assert_eq!(error.retry_after(), None, "{status}");
}

#[test]
fn a_status_alone() {
    for number in 400..=599 {
        let status = StatusCode::from_u16(number).unwrap();
        assert_classified(&status, class_of(number), retry_of_known(number), number);
    }
}

#[test]
fn a_status_that_is_no_error() {
    for number in (100..400).chain(600..1000) {
        let status = StatusCode::from_u16(number).unwrap();
        assert!(status.classes().is_empty(), "{number}");
        assert_eq!(status.retry(), Retry::Never, "{number}");
    }
}

#[derive(Debug, PartialEq, thiserror::Error, Taxonomy)]
#[api(body = none)]
enum Ranges {
    #[error("client")]
    #[api("4XX")]
    Client {
        #[api(status)]
        status: StatusCode,
    },
    #[error("server")]
    #[api("5XX")]
    Server {
        #[api(status)]
        status: StatusCode,
    },
}

#[test]
fn a_range_is_classified_by_the_status_that_came() {
    for number in 400..=599 {
        let status = StatusCode::from_u16(number).unwrap();
        let made = if number < 500 { Ranges::Client { status } } else { Ranges::Server { status } };
        assert_classified(&made, class_of(number), retry_of_known(number), number);
        let read = crate::support::read::<Ranges>(number, "").unwrap();
        assert_classified(&read, class_of(number), retry_of_known(number), number);
    }
}

/// Calls `$check` with each status from 400 to 599 and an error that declares exactly this one.
macro_rules! each_declared {
    ($check:ident: $($status:tt)*) => {$({
        #[derive(Debug, thiserror::Error, Taxonomy)]
        #[error("exact")]
        #[api($status, body = none)]
        struct Exact;
        $check($status, &Exact);
    })*};
}

#[test]
fn a_variant_that_declares_exactly_one_status() {
    let mut seen = Vec::new();
    let mut check = |number: u16, error: &dyn Taxonomy| {
        assert_eq!(error.status().as_u16(), number);
        assert_classified(&error, class_of(number), retry_of_declared(number), number);
        let spec = error.spec();
        assert_eq!(spec.classes(), Classes::of(class_of(number)));
        assert_eq!(spec.retry(), retry_of_declared(number));
        assert_eq!(spec.statuses(), number..=number);
        seen.push(number);
    };
    each_declared! { check:
    400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 418 419 420 421 422 423 424
    425 426 427 428 429 430 431 432 433 434 435 436 437 438 439 440 441 442 443 444 445 446 447 448 449
    450 451 452 453 454 455 456 457 458 459 460 461 462 463 464 465 466 467 468 469 470 471 472 473 474
    475 476 477 478 479 480 481 482 483 484 485 486 487 488 489 490 491 492 493 494 495 496 497 498 499
    500 501 502 503 504 505 506 507 508 509 510 511 512 513 514 515 516 517 518 519 520 521 522 523 524
    525 526 527 528 529 530 531 532 533 534 535 536 537 538 539 540 541 542 543 544 545 546 547 548 549
    550 551 552 553 554 555 556 557 558 559 560 561 562 563 564 565 566 567 568 569 570 571 572 573 574
    575 576 577 578 579 580 581 582 583 584 585 586 587 588 589 590 591 592 593 594 595 596 597 598 599
    }
    assert!(seen.into_iter().eq(400..=599));
}
