extern alias AppHost;

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;

namespace Marketing.Tests.Aspire;

/// <summary>The AppHost's model under given settings, built in this process and never started.</summary>
internal sealed class Topology(IDistributedApplicationTestingBuilder builder) : IAsyncDisposable
{
    public IResourceCollection Resources => builder.Resources;

    public IConfiguration Configuration => builder.Configuration;

    public static Task<Topology> WithContainers(params string[] settings) => With(["--Containers:Engine=true", .. settings]);

    public static async Task<Topology> With(params string[] settings) =>
        new(await DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Marketing_AppHost>(
            settings, TestContext.Current.CancellationToken));

    public Task<DistributedApplication> BuildAsync() => builder.BuildAsync(TestContext.Current.CancellationToken);

    public IResource this[string name] => Resources.Single(resource => resource.Name == name);

    public bool Has(string name) => Resources.Any(resource => resource.Name == name);

    /// <summary>What the resource waits for until it is healthy.</summary>
    public IEnumerable<string> AwaitedBy(string name) => this[name].Annotations.OfType<WaitAnnotation>()
        .Where(wait => wait.WaitType == WaitType.WaitUntilHealthy)
        .Select(wait => wait.Resource.Name);

    /// <summary>Whose connection string or value the resource is given.</summary>
    public IEnumerable<string> ReferencedBy(string name) => this[name].Annotations.OfType<ResourceRelationshipAnnotation>()
        .Where(relationship => relationship.Type == "Reference")
        .Select(relationship => relationship.Resource.Name);

    public ValueTask DisposeAsync() => builder.DisposeAsync();
}
