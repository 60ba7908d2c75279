package dev.regista.benchmarks.model;

import org.springframework.data.jpa.repository.JpaRepository;

/** What Spring Data makes of it. */
public interface ItemRepository extends JpaRepository<Item, Long> {}
