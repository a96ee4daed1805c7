using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Marketing.Tests.Aspire;

public sealed class EmbeddedTopologyTests
{
    [Fact]
    public async Task Without_a_container_engine_the_api_runs_alone_on_embedded_stores()
    {
        await using var topology = await Topology.With("--Containers:Engine=false");
        Assert.Equal("api", Assert.Single(topology.Resources.OfType<ProjectResource>()).Name);
        Assert.Empty(topology.Resources.OfType<ContainerResource>());
        Assert.Empty(topology.AwaitedBy("api"));
    }

    [Fact]
    public async Task The_dashboard_loads_sample_data_rebuilds_projections_and_checks_consistency()
    {
        await using var topology = await Topology.With("--Containers:Engine=false");
        var commands = topology["api"].Annotations.OfType<ResourceCommandAnnotation>().Select(command => command.DisplayName);
        Assert.Superset(
            new HashSet<string> { "Load sample data", "Rebuild vectors", "Rebuild graph", "Rebuild engagement", "Check consistency" },
            commands.ToHashSet());
    }

    [Theory]
    [InlineData(null, 5080)]
    [InlineData("http://localhost:6001", 6001)]
    [InlineData("http://+:6002;http://+:6003", 6002)]
    public async Task The_api_listens_where_it_does_without_Aspire(string? urls, int port)
    {
        string[] settings = urls is null ? [] : [$"--urls={urls}"];
        await using var topology = await Topology.With(["--Containers:Engine=false", .. settings]);
        Assert.Equal(port, Assert.Single(topology["api"].Annotations.OfType<EndpointAnnotation>()).Port);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_by_name()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => Topology.With("--Containers:Engine=false", "--urls=6000"));
        Assert.StartsWith("The address of the API is 6000;", failure.Message, StringComparison.Ordinal);
    }
}
