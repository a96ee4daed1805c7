using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Domain.Text;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Tests.Recommendations.Learned.Profiles;

public sealed class ProfileIndexTests
{
    private static readonly CampaignTable Campaigns = CampaignTable.OfCatalog(
    [
        new Campaign(new CampaignId("a"), "Travel card", "no fees abroad"),
        new Campaign(new CampaignId("b"), "Savings account", "interest every month"),
        new Campaign(new CampaignId("c"), "Home loan", "a house of your own"),
    ],
    []);

    private static readonly uint[][] Texts = [.. Campaigns.Campaigns.Select(one => TextTerms.Of($"{one.Name}. {one.Text}"))];

    [Fact]
    public void Before_anything_is_learnt_the_texts_decide() => Assert.Equal(1, Best(Index(), "what interest do I get"));

    [Fact]
    public void Nothing_in_common_is_nothing_to_say()
    {
        var scores = new float[3];

        Assert.False(Index().Score([Said("football tonight", 0)], scores));
        Assert.All(scores, score => Assert.Equal(0, score));
    }

    [Fact]
    public void A_text_is_as_near_as_can_be_to_itself()
    {
        var scores = Scores(Index(), "Home loan. a house of your own");

        Assert.Equal(1f, scores[2], 1e-5);
    }

    [Fact]
    public void Words_that_customers_use_and_the_text_does_not_are_learnt()
    {
        var learnt = Learnt(("c", "mortgage please"), ("c", "about a mortgage"), ("a", "holiday money"));

        Assert.Equal(2, Best(Index(learnt), "who gives me a mortgage"));
    }

    [Fact]
    public void The_newest_message_counts_most() =>
        Assert.Equal(0, Best(Index(), "no fees abroad", "interest every month"));

    private static ProfileIndex Index(ProfilePart? learnt = null) => new(Campaigns, Texts, learnt, new ProfileOptions());

    private static ProfilePart Learnt(params (string Campaign, string Text)[] said)
    {
        var terms = Array.ConvertAll(said, one => TextTerms.Of(one.Text));
        var idf = new InverseDocumentFrequency(terms.SelectMany(one => one).CountBy(term => term).ToDictionary(), said.Length, Texts);
        var sums = new Dictionary<CampaignId, TermVector>();
        foreach (var (index, (campaign, _)) in said.Index())
        {
            sums.TryAdd(new CampaignId(campaign), new TermVector());
            sums[new CampaignId(campaign)].Add(Array.ConvertAll(terms[index], term => (term, 1f)), idf, 1);
        }

        return new ProfilePart(idf, sums, said.Length);
    }

    private static int Best(ProfileIndex index, params string[] newestFirst)
    {
        var scores = Scores(index, newestFirst);
        return Array.IndexOf(scores, scores.Max());
    }

    private static float[] Scores(ProfileIndex index, params string[] newestFirst)
    {
        var scores = new float[3];
        Assert.True(index.Score([.. newestFirst.Select(Said)], scores));
        return scores;
    }

    private static MessageVector Said(string text, int age) => new(
        new EventId($"{age}"), new UserId("u"), null, DateTimeOffset.UnixEpoch.AddMinutes(-age), default, TextTerms.Of(text));
}
