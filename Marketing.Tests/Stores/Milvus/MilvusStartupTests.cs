using Marketing.Domain.Ports;
using Marketing.Stores;

namespace Marketing.Tests.Stores.Milvus;

public sealed class MilvusStartupTests
{
    private static readonly VectorSpace Space = new("test", 8);

    [Fact]
    public async Task A_server_that_is_not_there_stops_the_start_with_a_sentence()
    {
        using var host = MilvusIndexHost.Build("Endpoint=http://127.0.0.1:1", Space);
        var thrown = await Assert.ThrowsAsync<StoreStartupException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Milvus at http://127.0.0.1:1/ (ConnectionStrings:milvus) does not respond.", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:19530")]
    [InlineData("bolt://127.0.0.1:19530")]
    [InlineData("Key=root:Milvus")]
    public async Task What_is_not_an_address_of_milvus_is_refused_by_name(string connectionString)
    {
        using var host = MilvusIndexHost.Build(connectionString, Space);
        var thrown = await Assert.ThrowsAsync<StoreStartupException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ConnectionStrings:milvus must be an address", thrown.Message, StringComparison.Ordinal);
    }
}
