package dev.regista.config;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A model with the name of another one. */
@Entity(name = "User")
class Namesake {
    @Id
    Long id;
}
