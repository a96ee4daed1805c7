using Marketing.Recommendations.Ranking;

namespace Marketing.Tests.Recommendations.Ranking;

public sealed class ScoreBoardTests
{
    [Fact]
    public void What_is_no_number_decides_nothing_and_what_is_huge_stays_finite()
    {
        using var board = new ScoreBoard(2, 5);
        float[] damaged = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 1];
        damaged.CopyTo(board.Row(0));
        board.Row(1).Fill(1);
        board.AddToTotal(0, 100);
        board.AddToTotal(1, 1);

        Assert.Equal([0, 0, 0, 1e9f, 1], board.Row(0).ToArray());
        Assert.Equal([1, 1, 1], board.Total[..3].ToArray());
        Assert.All(board.Total.ToArray(), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void A_score_is_told_as_zero_or_more()
    {
        using var board = new ScoreBoard(1, 2);
        board.Row(0)[0] = -3;
        board.Row(0)[1] = 2;
        board.AddToTotal(0, 1);
        Assert.Equal((0.0, 2.0), (board.ScoreOf(0), board.ScoreOf(1)));
        Assert.True(board.Total[0] < 0);
    }

    [Fact]
    public void A_board_without_campaigns_is_no_error()
    {
        using var board = new ScoreBoard(1, 0);
        board.AddToTotal(0, 1);
        Assert.True(board.Total.IsEmpty);
    }
}
