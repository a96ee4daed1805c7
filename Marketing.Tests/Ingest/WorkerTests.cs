using Marketing.Ingest;

namespace Marketing.Tests.Ingest;

public sealed class WorkerTests
{
    [Fact]
    public async Task Without_servers_it_says_who_hosts_the_projector_and_ends() =>
        Assert.NotEqual(0, await Worker.RunAsync([], CancellationToken.None));
}
