using Marketing.Domain;

namespace Marketing.Tests.Recommendations.Reading;

public sealed class SimilarUsersTests
{
    [Fact]
    public async Task They_are_distinct_others_with_the_nearest_first()
    {
        await using var world = new RecommenderWorld();
        world.Say("twin", "something else entirely about mortgages");
        world.Say("twin", "my card was declined");
        world.Say("cousin", "my card was refused in a shop");
        world.Say("stranger", "interest on savings");
        world.Say("me", "my card was declined");
        await world.ProjectAsync();

        var similar = await world.Recommender.SimilarUsersAsync(new UserId("me"), 10, TestContext.Current.CancellationToken);

        Assert.Equal(["twin", "cousin", "stranger"], similar.Select(user => user.UserId.Value));
        Assert.InRange(similar[0].Similarity, 0.95f, 1.001f);
        Assert.Equal("e-1", similar[0].MessageId.Value);
    }

    [Fact]
    public async Task Who_never_chatted_has_none()
    {
        await using var world = new RecommenderWorld();
        world.Say("you", "my card was declined");
        await world.ProjectAsync();

        Assert.Empty(await world.Recommender.SimilarUsersAsync(new UserId("me"), 10, TestContext.Current.CancellationToken));
    }
}
