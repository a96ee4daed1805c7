extern alias AppHost;

using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;

namespace Marketing.Tests.Aspire;

/// <summary>The AppHost's model for given settings, built in this process but never started.</summary>
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

    /// <summary>Returns the resources this one waits for.</summary>
    public IEnumerable<string> AwaitedBy(string name) => this[name].Annotations.OfType<WaitAnnotation>()
        .Where(wait => wait.WaitType == WaitType.WaitUntilHealthy)
        .Select(wait => wait.Resource.Name);

    /// <summary>Returns the resources whose connection string or value this one receives.</summary>
    public IEnumerable<string> ReferencedBy(string name) => this[name].Annotations.OfType<ResourceRelationshipAnnotation>()
        .Where(relationship => relationship.Type == "Reference")
        .Select(relationship => relationship.Resource.Name);

    public ValueTask DisposeAsync() => builder.DisposeAsync();
}
