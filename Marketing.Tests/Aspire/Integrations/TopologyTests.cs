using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Marketing.Tests.Aspire.Integrations;

public sealed class TopologyTests
{
    private static readonly string[] Servers = ["mongodb", "neo4j", "milvus", "redis"];

    [Theory]
    [InlineData("mongo", "/data/db")]
    [InlineData("neo4j", "/data")]
    [InlineData("milvus", "/var/lib/milvus")]
    [InlineData("redis", "/data")]
    public async Task A_server_keeps_its_data_in_a_named_volume(string name, string folder)
    {
        await using var topology = await Topology.WithContainers();
        var mount = Assert.Single(topology[name].Annotations.OfType<ContainerMountAnnotation>());
        Assert.Equal(ContainerMountType.Volume, mount.Type);
        Assert.Equal(folder, mount.Target);
        Assert.StartsWith("marketing-", mount.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mongo")]
    [InlineData("neo4j")]
    [InlineData("milvus")]
    [InlineData("redis")]
    public async Task A_server_has_a_health_check(string name)
    {
        await using var topology = await Topology.WithContainers();
        Assert.NotEmpty(topology[name].Annotations.OfType<HealthCheckAnnotation>());
    }

    [Theory]
    [InlineData("api")]
    [InlineData("ingest")]
    public async Task A_program_waits_until_every_server_is_healthy(string program)
    {
        await using var topology = await Topology.WithContainers();
        Assert.Superset(Servers.ToHashSet(), topology.AwaitedBy(program).ToHashSet());
    }

    [Theory]
    [InlineData("api")]
    [InlineData("ingest")]
    public async Task A_program_is_given_the_connection_string_of_every_server(string program)
    {
        await using var topology = await Topology.WithContainers();
        Assert.Superset(Servers.ToHashSet(), topology.ReferencedBy(program).ToHashSet());
    }

    [Fact]
    public async Task Kafka_is_there_only_when_it_is_asked_for()
    {
        await using var without = await Topology.WithContainers();
        await using var with = await Topology.WithContainers("--Containers:kafka=true");
        Assert.False(without.Has("kafka"));
        Assert.Contains("kafka", with.AwaitedBy("api"));
    }

    [Theory]
    [InlineData("mongodb", "mongo")]
    [InlineData("neo4j", "neo4j")]
    [InlineData("milvus", "milvus")]
    [InlineData("redis", "redis")]
    [InlineData("kafka", "kafka")]
    [InlineData("bigquery", "none")]
    public async Task A_server_given_by_its_connection_string_needs_no_container(string store, string container)
    {
        await using var topology = await Topology.WithContainers($"--ConnectionStrings:{store}=somewhere");
        Assert.DoesNotContain(topology.Resources.OfType<ContainerResource>(), resource => resource.Name == container);
        Assert.IsType<IResourceWithConnectionString>(topology[store], exactMatch: false);
        Assert.Contains(store, topology.ReferencedBy("api"));
        Assert.Contains(store, topology.ReferencedBy("ingest"));
    }

    [Fact]
    public async Task A_key_of_Gemini_reaches_both_programs()
    {
        await using var without = await Topology.WithContainers();
        await using var with = await Topology.WithContainers("--Gemini:ApiKey=4711");
        Assert.False(without.Has("gemini-api-key"));
        Assert.All(["api", "ingest"], program => Assert.Contains("gemini-api-key", with.ReferencedBy(program)));
    }

    [Fact]
    public async Task There_is_no_worker_beside_an_embedded_index()
    {
        await using var topology = await Topology.WithContainers("--Containers:milvus=false");
        Assert.False(topology.Has("ingest"));
        Assert.DoesNotContain("milvus", topology.AwaitedBy("api"));
        Assert.Contains("mongodb", topology.AwaitedBy("api"));
    }

    [Theory]
    [InlineData("Api", "api")]
    [InlineData("Ingest", "ingest")]
    public async Task A_program_runs_in_as_many_replicas_as_are_asked_for(string section, string program)
    {
        await using var topology = await Topology.WithContainers($"--{section}:Replicas=2");
        Assert.Equal(2, topology[program].Annotations.OfType<ReplicaAnnotation>().Last().Replicas);
    }

    [Fact]
    public async Task For_Kubernetes_the_servers_are_given_by_connection_string()
    {
        await using var topology = await Topology.With("--operation=publish", "--Deployment=kubernetes");
        Assert.Empty(topology.Resources.OfType<ContainerResource>());
        Assert.All([.. Servers, "kafka", "bigquery"], server => Assert.IsType<IResourceWithConnectionString>(topology[server], exactMatch: false));
    }

    [Fact]
    public async Task Two_apis_on_an_embedded_index_are_refused()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => Topology.WithContainers("--Containers:milvus=false", "--Api:Replicas=2"));
        Assert.StartsWith("Api:Replicas is 2; it must be 1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData(null, "--ConnectionStrings:mongodb=mongodb://somewhere/marketing")]
    [InlineData("false", "--SampleData:LoadOnFirstRun=false")]
    public async Task Only_a_log_in_a_container_of_ours_begins_with_the_sample_bank(string? expected, params string[] settings)
    {
        await using var topology = await Topology.WithContainers(settings);
        var variables = new Dictionary<string, object>();
        foreach (var callback in topology["api"].Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(new EnvironmentCallbackContext(
                new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), topology["api"], variables, TestContext.Current.CancellationToken));
        }

        Assert.Equal(expected, variables.GetValueOrDefault("SampleData__LoadOnFirstRun") as string);
    }
}
