using Marketing.Stores;
using Marketing.Tests.Servers;
using Neo4j.Driver;

namespace Marketing.Tests.Stores.Neo4j;

[Collection(Server.Neo4j)]
public sealed class Neo4jStartupTests
{
    [Fact]
    public async Task A_server_that_is_not_there_stops_the_start_with_a_sentence()
    {
        using var host = Neo4jGraphStore.Build("bolt://127.0.0.1:1");
        var thrown = await Assert.ThrowsAsync<StoreStartupException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Neo4j at bolt://127.0.0.1:1/ (ConnectionStrings:neo4j) does not respond.", thrown.Message);
    }

    [Fact]
    public async Task A_wrong_password_stops_the_start_with_a_sentence_that_does_not_say_it()
    {
        var address = new UriBuilder(await Server.RequiredAsync("neo4j")) { UserName = "neo4j", Password = "not-the-password" }.Uri;
        using var host = Neo4jGraphStore.Build(address.AbsoluteUri);
        await RequireAuthenticationAsync(address);
        var thrown = await Assert.ThrowsAsync<StoreStartupException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("rejected the user or password in ConnectionStrings:neo4j", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:7687")]
    [InlineData("http://127.0.0.1:7687")]
    [InlineData("Username=neo4j;Password=secret")]
    public async Task What_is_not_an_address_of_neo4j_is_refused_by_name(string connectionString)
    {
        using var host = Neo4jGraphStore.Build(connectionString);
        var thrown = await Assert.ThrowsAsync<StoreStartupException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("ConnectionStrings:neo4j must be an address", thrown.Message, StringComparison.Ordinal);
    }

    private static async Task RequireAuthenticationAsync(Uri address)
    {
        await using var anonymous = GraphDatabase.Driver(new UriBuilder(address) { UserName = "", Password = "" }.Uri, AuthTokens.None);
        Assert.SkipWhen(await anonymous.TryVerifyConnectivityAsync(), "needs a Neo4j that asks for a password");
    }
}
