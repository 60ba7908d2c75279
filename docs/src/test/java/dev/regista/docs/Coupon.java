package dev.regista.docs;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/** A model of a part of the shop that is switched on while it runs. */
@Entity
class Coupon {
    @Id
    @GeneratedValue
    Long id;

    String code;

    Coupon() {}

    Coupon(String code) {
        this.code = code;
    }
}
