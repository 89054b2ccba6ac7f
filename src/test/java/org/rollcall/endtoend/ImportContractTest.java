package org.rollcall.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ProfileConfig.Scope;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.entra.GraphDescription;
import org.rollcall.sync.Draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Whole imports, and the later ones that follow changes, ask and are answered as Microsoft's description of Graph says.
class ImportContractTest {
    @TempDir
    Path folder;

    @Test
    void importsOfEveryoneAndOfGroupsKeepToTheDescription() throws Exception {
        var present = GraphDescription.present();
        assumeTrue(present.isPresent(), "Graph's description is not beside the project");
        var graph = present.get();
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(1_100).withGroups(40))) {
            tenant.log().setRecording(true);
            List<SampleObject> groups = tenant.directory().groups();
            var some = new Scope(false, List.of(Services.ref(groups.get(0)), Services.ref(groups.get(1))), true,
                    List.of(Services.ref(tenant.directory().users().get(3))));
            int round = 0;
            for (Scope scope : List.of(Scope.everyone(), some)) {
                Path home = Files.createDirectory(folder.resolve("data" + round));
                try (var services = new Services(home, tenant)) {
                    Draft draft = Services.draft(scope);
                    tenant.log().reset();
                    assertTrue(services.run(draft).succeeded());
                    new TenantStory(tenant, ++round).steps(20);
                    assertTrue(services.run(draft).succeeded());
                    int before = graph.checked();
                    graph.check(tenant.log());
                    assertTrue(graph.checked() > before + 8, "calls were recorded: " + graph.checked());
                }
            }
        }
        assertEquals("", String.join("\n", graph.faults()));
    }
}
