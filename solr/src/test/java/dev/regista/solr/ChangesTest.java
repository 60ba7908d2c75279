package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.Test;

/** Which requests a unit of work becomes: a server does the additions of one, then its deletions. */
class ChangesTest {
    private final Changes changes = new Changes("id", null);

    private static Change add(String id) {
        return new Change.Add(new SolrInputDocument("id", id));
    }

    private static Change update(String id) {
        SolrInputDocument document = new SolrInputDocument("id", id);
        document.setField("stock", Map.of("inc", 1));
        return new Change.Add(document);
    }

    private static Change delete(String id) {
        return new Change.Delete(id);
    }

    private static Change deleteByQuery(String query) {
        return new Change.DeleteByQuery(query);
    }

    private List<String> requests(Change... all) {
        changes.add(List.of(all));
        return changes.requests().stream().map(ChangesTest::text).toList();
    }

    private static String text(UpdateRequest request) {
        List<String> parts = new ArrayList<>();
        if (request.getDocuments() != null) {
            request.getDocuments().forEach(document -> parts.add("+" + document.getFieldValue("id")));
        }
        if (request.getDeleteById() != null) {
            request.getDeleteById().forEach(id -> parts.add("-" + id));
        }
        if (request.getDeleteQuery() != null) {
            request.getDeleteQuery().forEach(query -> parts.add("-(" + query + ")"));
        }
        return String.join(" ", parts);
    }

    @Test
    void nothingIsNoRequest() {
        assertThat(requests()).isEmpty();
    }

    @Test
    void whatCannotInterfereIsOneRequest() {
        assertThat(requests(add("a"), delete("b"), add("c"), add("a"), deleteByQuery("x:y"), delete("d")))
                .containsExactly("+a +c +a -b -d -(x:y)");
    }

    @Test
    void theLastWordOnADocumentCounts() {
        assertThat(requests(add("a"), delete("a"))).containsExactly("+a -a");
    }

    @Test
    void aWholeDocumentTakesThePlaceOfItsDeletion() {
        assertThat(requests(delete("a"), add("a"), delete("b"))).containsExactly("+a -b");
    }

    @Test
    void anUpdateOfADeletedDocumentWaitsForTheDeletion() {
        assertThat(requests(delete("a"), update("a"))).containsExactly("-a", "+a");
    }

    @Test
    void whatIsAddedAfterADeleteByQueryIsNotDeletedByIt() {
        assertThat(requests(add("a"), deleteByQuery("*:*"), add("b"), deleteByQuery("x:y")))
                .containsExactly("+a -(*:*)", "+b -(x:y)");
    }

    @Test
    void aDocumentWithoutAnIdWaitsForAllDeletions() {
        SolrInputDocument anonymous = new SolrInputDocument("name", "tea");
        assertThat(requests(delete("a"), new Change.Add(anonymous))).containsExactly("-a", "+null");
    }

    @Test
    void knowsTheLastWordOnEachDocument() {
        Change first = add("a");
        Change last = delete("a");
        changes.add(List.of(first, last, add("b")));

        assertThat(changes.lastOf("a")).isSameAs(last);
        assertThat(changes.lastOf("c")).isNull();
    }

    @Test
    void aDeleteByQueryIsTheLastWordOnAllThatCameBefore() {
        Change query = deleteByQuery("*:*");
        Change later = add("b");
        changes.add(List.of(add("a"), query, later));

        assertThat(changes.lastOf("a")).isSameAs(query);
        assertThat(changes.lastOf("b")).isSameAs(later);
        assertThat(changes.lastOf("c")).isSameAs(query);
    }

    @Test
    void whatIsInsideSeesWhatIsOutside() {
        Change outside = add("a");
        changes.add(List.of(outside));
        Changes inner = new Changes("id", changes);
        Change inside = add("b");
        inner.add(List.of(inside));

        assertThat(inner.lastOf("a")).isSameAs(outside);
        assertThat(changes.lastOf("b")).isNull();
        assertThat(inner.list()).containsExactly(inside);
    }
}
