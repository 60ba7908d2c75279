package dev.regista.config;

import dev.regista.sql.contenttype.ContentType;
import jakarta.persistence.Entity;

@Entity
class Kind extends ContentType {}
