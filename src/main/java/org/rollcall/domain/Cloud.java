package org.rollcall.domain;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// The national clouds of Microsoft Entra ID, which are separate from each other, and CUSTOM, whose hosts are set in the
/// tenant. Source: learn.microsoft.com/graph/deployments.
public enum Cloud {
    GLOBAL("login.microsoftonline.com", "graph.microsoft.com", "portal.azure.com", "entra.microsoft.com"),
    USGOV("login.microsoftonline.us", "graph.microsoft.us", "portal.azure.us", "entra.microsoft.us"),
    USGOV_DOD("login.microsoftonline.us", "dod-graph.microsoft.us", "portal.azure.us", "entra.microsoft.us"),
    CHINA("login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn", "portal.azure.cn",
            "entra.microsoftonline.cn"),
    CUSTOM("", "", "portal.azure.com", "entra.microsoft.com");

    private final String loginHost;
    private final String graphHost;
    private final String portalHost;
    private final String adminCenterHost;

    Cloud(String loginHost, String graphHost, String portalHost, String adminCenterHost) {
        this.loginHost = loginHost;
        this.graphHost = graphHost;
        this.portalHost = portalHost;
        this.adminCenterHost = adminCenterHost;
    }

    /// Empty for CUSTOM.
    public String loginHost() {
        return loginHost;
    }

    /// Empty for CUSTOM.
    public String graphHost() {
        return graphHost;
    }

    public String portalHost() {
        return portalHost;
    }

    public String adminCenterHost() {
        return adminCenterHost;
    }

    /// The name on the command line: `global`, `usgov`, `usgov-dod`, `china`.
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @return null if there is no such cloud
    public static @Nullable Cloud ofOption(String option) {
        for (Cloud cloud : values()) {
            if (cloud.optionName().equals(option.toLowerCase(Locale.ROOT))) {
                return cloud;
            }
        }
        return null;
    }
}
