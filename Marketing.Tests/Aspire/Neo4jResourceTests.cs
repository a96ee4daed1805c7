extern alias AppHost;

using Neo4jServer = AppHost::Aspire.Hosting.ApplicationModel.Neo4jServerResource;

namespace Marketing.Tests.Aspire;

public sealed class Neo4jResourceTests
{
    [Fact]
    public async Task The_connection_string_names_address_user_and_password()
    {
        await using var topology = await Topology.WithContainers();
        var neo4j = Assert.IsType<Neo4jServer>(topology["neo4j"]);
        Assert.Equal(
            "Endpoint=bolt://{neo4j.bindings.bolt.host}:{neo4j.bindings.bolt.port};Username=neo4j;Password={neo4j-password.value}",
            neo4j.ConnectionStringExpression.ValueExpression);
    }

    [Fact]
    public async Task The_password_is_a_secret()
    {
        await using var topology = await Topology.WithContainers();
        Assert.True(Assert.IsType<Neo4jServer>(topology["neo4j"]).PasswordParameter.Secret);
    }
}
