package dev.regista.benchmarks;

import dev.regista.benchmarks.model.Item;
import dev.regista.benchmarks.model.ItemRepository;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;

/**
 * A Spring Boot application with Spring Data JPA, as Boot configures it: a service whose methods are {@code @Transactional}
 * and work with the shared entity manager, and a repository.
 */
final class SpringPeer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = Item.class)
    static class Application {
        @Bean
        Items items() {
            return new Items();
        }
    }

    /** The service. */
    static class Items {
        @PersistenceContext
        private @Nullable EntityManager entityManager;

        /** A read-only transaction. */
        @Transactional(readOnly = true)
        public @Nullable Item read(long id) {
            return find(id);
        }

        /** A transaction that may write. */
        @Transactional
        public @Nullable Item call(long id) {
            return find(id);
        }

        private @Nullable Item find(long id) {
            EntityManager present = entityManager;
            if (present == null) {
                throw new IllegalStateException("Spring has not injected the entity manager");
            }
            return present.find(Item.class, id);
        }
    }

    private SpringPeer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static SpringPeer start(Target target) {
        // Logging is this module's own; Boot would set up another.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        return new SpringPeer(new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.main.register-shutdown-hook=false",
                        "spring.jpa.hibernate.ddl-auto=none",
                        "spring.datasource.hikari.maximum-pool-size=" + Target.POOL_SIZE,
                        "spring.datasource.url=" + target.url(),
                        "spring.datasource.username=" + target.user(),
                        "spring.datasource.password=" + target.password())
                .run());
    }

    Items items() {
        return context.getBean(Items.class);
    }

    void saveAll(List<Item> items) {
        context.getBean(ItemRepository.class).saveAll(items);
    }

    @Override
    public void close() {
        context.close();
    }
}
