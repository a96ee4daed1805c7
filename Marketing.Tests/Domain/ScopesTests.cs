using Marketing.Domain;

namespace Marketing.Tests.Domain;

public sealed class ScopesTests
{
    [Fact]
    public void Every_scope_has_a_name_of_its_own()
    {
        var scopes = Enum.GetValues<Scopes>().Where(scope => scope != Scopes.None).ToList();
        Assert.Equal(scopes, ScopeNames.All.Select(name => ScopeNames.Find(name)));
        Assert.All(scopes, scope => Assert.Equal(scope, ScopeNames.Find(Assert.Single(ScopeNames.Of(scope)))));
    }

    [Theory]
    [InlineData("users:read admin", Scopes.UsersRead | Scopes.Admin)]
    [InlineData("  admin  users:delete ", Scopes.Admin)]
    [InlineData("Admin", Scopes.None)]
    [InlineData("", Scopes.None)]
    public void A_text_is_read_by_its_known_names(string text, Scopes expected) => Assert.Equal(expected, ScopeNames.Parse(text));

    [Fact]
    public void A_text_of_scopes_is_read_back()
    {
        var scopes = Scopes.InteractionsWrite | Scopes.RecommendationsRead;
        Assert.Equal("interactions:write recommendations:read", ScopeNames.Format(scopes));
        Assert.Equal(scopes, ScopeNames.Parse(ScopeNames.Format(scopes)));
    }
}
