using Marketing.Recommender.Models.Catalog;
using Marketing.Recommender.Text;

namespace Marketing.Tests.Recommender.Models;

public sealed class TermIndexTests
{
    private static readonly TermIndex Index = new(
    [
        TextTerms.Of("a travel card for holidays abroad"),
        TextTerms.Of("a card for the young"),
        TextTerms.Of("a card for savers"),
    ]);

    [Fact]
    public void A_rare_word_counts_more_than_a_common_one()
    {
        var scores = Scores("abroad with my card");

        Assert.True(scores[0] > scores[1]);
        Assert.True(scores[1] > 0);
    }

    [Fact]
    public void Words_that_no_campaign_has_match_nothing()
    {
        var scores = new float[3];

        Assert.False(Index.AddScores(TextTerms.Of("zebra"), 1, scores));
        Assert.All(scores, score => Assert.Equal(0, score));
    }

    [Fact]
    public void Of_two_texts_with_the_same_match_the_shorter_scores_higher()
    {
        var scores = Scores("card");

        Assert.True(scores[2] > scores[0]);
    }

    private static float[] Scores(string query)
    {
        var scores = new float[3];
        Index.AddScores(TextTerms.Of(query), 1, scores);
        return scores;
    }
}
