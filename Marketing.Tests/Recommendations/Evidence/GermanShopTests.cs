using Marketing.Domain;
using Marketing.Recommendations.Answers;

namespace Marketing.Tests.Recommendations.Evidence;

/// <summary>What matters is what others in the shop say, not the language.</summary>
public sealed class GermanShopTests
{
    [Fact]
    public async Task Where_everybody_speaks_German_a_German_question_leads()
    {
        await using var shop = await GermanShop.OpenAsync();
        foreach (var (campaign, question, _) in GermanShop.Topics)
        {
            shop.Say($"me {campaign.Id.Value}", question);
        }

        await shop.LearnAsync();

        var right = 0;
        foreach (var (campaign, _, _) in GermanShop.Topics)
        {
            var answer = await shop.AskAsync($"me {campaign.Id.Value}");
            Assert.Equal(RecommendationBasis.Chat, answer.Basis);
            right += answer.Campaigns[0].CampaignId == campaign.Id.Value ? 1 : 0;
        }

        Assert.InRange(right, 9, 10);
    }

    [Theory]
    [InlineData("I lost my card while travelling, what should I do now?")]
    [InlineData("He perdido mi tarjeta en el extranjero")]
    [InlineData("카드를 잃어버렸어요")]
    [InlineData("Я потерял свою карту")]
    [InlineData("asdkjh qwpeoi zxmnc")]
    public async Task One_foreign_message_does_not_lead_there(string text)
    {
        await using var shop = await GermanShop.OpenAsync();
        shop.Say("me", text);
        await shop.LearnAsync();

        foreach (var strategy in new[] { "hybrid", "classic" })
        {
            Assert.Equal(RecommendationBasis.Popular, (await shop.AskAsync("me", strategy)).Basis);
        }

        Assert.Empty(await shop.Recommender.SimilarUsersAsync(new UserId("me"), 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_said_before_a_foreign_message_still_leads()
    {
        await using var shop = await GermanShop.OpenAsync();
        shop.Say("me", "Welcher Koffer geht als Handgepäck im Flugzeug?");
        shop.Say("me", "카드를 잃어버렸어요");
        await shop.LearnAsync();

        var answer = await shop.AskAsync("me");

        Assert.Equal((RecommendationBasis.Chat, "koffer"), (answer.Basis, answer.Campaigns[0].CampaignId));
    }
}
