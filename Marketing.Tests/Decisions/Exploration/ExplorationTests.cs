using Marketing.Decisions.Exploration;
using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Exploration;

public sealed class ExplorationTests
{
    private const int Decisions = 200_000;

    private static readonly float[] Scores = [0.3f, 0.9f, 0.1f, 0.5f, 0.5f];

    public static TheoryData<string> Policies => ["greedy", "epsilon", "softmax"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void The_probabilities_of_all_rankings_sum_to_one(string name)
    {
        var policy = Policy(name);

        Assert.Equal(1, Rankings(3).Sum(ranking => policy.RankingProbability(Scores, ranking)), 10);
        Assert.Equal(1, Rankings(5).Sum(ranking => policy.RankingProbability(Scores, ranking)), 10);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Rankings_are_drawn_as_often_as_their_probabilities_say(string name)
    {
        var policy = Policy(name);
        var counts = Rankings(3).ToDictionary(Key, _ => 0L);
        var ranking = new int[3];
        for (var decision = 0; decision < Decisions; decision++)
        {
            policy.Rank(Scores, Draws(decision), ranking);
            counts[Key(ranking)]++;
        }

        var possible = Rankings(3).Where(one => policy.RankingProbability(Scores, one) > 0).ToArray();
        Assert.Equal(Decisions, possible.Sum(one => counts[Key(one)]));
        if (possible.Length > 1)
        {
            long[] drawn = [.. possible.Select(one => counts[Key(one)])];
            double[] expected = [.. possible.Select(one => policy.RankingProbability(Scores, one))];
            Assert.True(SampleRatio.Check(drawn, expected).PValue > 0.001);
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void The_probability_of_standing_first_is_that_of_all_rankings_that_begin_so(string name)
    {
        var policy = Policy(name);
        var first = new double[Scores.Length];
        policy.FirstProbabilities(Scores, first);

        for (var campaign = 0; campaign < Scores.Length; campaign++)
        {
            Assert.Equal(Rankings(3).Where(one => one[0] == campaign).Sum(one => policy.RankingProbability(Scores, one)), first[campaign], 10);
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_decision_records_the_probabilities_of_what_it_drew(string name)
    {
        var policy = Policy(name);
        var (ranking, together, first, expected) = (new int[3], new int[3], new double[5], new double[5]);
        for (var decision = 0; decision < 100; decision++)
        {
            policy.Rank(Scores, Draws(decision), ranking);
            policy.FirstProbabilities(Scores, expected);
            policy.RankWithProbabilities(Scores, Draws(decision), together, first, out var probability);

            Assert.Equal(ranking, together);
            Assert.Equal(policy.RankingProbability(Scores, ranking), probability, 12);
            Assert.All(first.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 12));
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_decision_can_be_replayed_from_its_id_and_seed(string name)
    {
        var (first, second) = (new int[3], new int[3]);
        var decision = new Guid("0197a6b0-1111-7000-8000-000000000042");
        Policy(name).Rank(Scores, new DecisionDraws(decision, 7), first);
        Policy(name).Rank(Scores, new DecisionDraws(new Guid(decision.ToString()), 7), second);

        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Fewer_campaigns_than_places_are_all_ranked(string name)
    {
        var ranking = new int[9];

        Assert.Equal(Scores.Length, Policy(name).Rank(Scores, Draws(1), ranking));
        Assert.Equal([0, 1, 2, 3, 4], ranking[..5].Order());
        Assert.Equal(0, Policy(name).Rank([], Draws(1), ranking));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_allocates_nothing_for_a_thousand_campaigns(string name)
    {
        var policy = Policy(name);
        float[] scores = [.. Enumerable.Range(0, 1000).Select(campaign => MathF.Sin(campaign))];
        var (ranking, first) = (new int[5], new double[1000]);
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            policy.Rank(scores, new DecisionDraws(Guid.Empty, 1), ranking);
            policy.RankingProbability(scores, ranking);
            policy.RankWithProbabilities(scores, new DecisionDraws(Guid.Empty, 2), ranking, first, out _);
        }
    }

    [Fact]
    public void The_probability_of_being_shown_is_that_of_all_rankings_that_contain_the_campaign()
    {
        var policy = new EpsilonPolicy(0.3);
        for (var campaign = 0; campaign < Scores.Length; campaign++)
        {
            Assert.Equal(
                Rankings(3).Where(one => one.Contains(campaign)).Sum(one => policy.RankingProbability(Scores, one)),
                policy.InclusionProbability(Scores, campaign, 3),
                10);
        }
    }

    [Fact]
    public void Scores_far_apart_keep_a_ranking_that_is_drawn_possible()
    {
        var policy = new SoftmaxPolicy(0.001);
        var ranking = new int[3];
        policy.Rank([3, 2, 1, 0], Draws(1), ranking);

        Assert.Equal([0, 1, 2], ranking);
        Assert.Equal(1, policy.RankingProbability([3, 2, 1, 0], ranking), 10);
    }

    [Fact]
    public void Different_seeds_draw_independently()
    {
        int same = 0, first = 0, second = 0;
        for (var decision = 0; decision < 10_000; decision++)
        {
            var (one, other) = (new DecisionDraws(Id(decision), 1).Unit(0) < 0.5, new DecisionDraws(Id(decision), 2).Unit(0) < 0.5);
            same += one == other ? 1 : 0;
            first += one ? 1 : 0;
            second += other ? 1 : 0;
        }

        Assert.All([same, first, second], count => Assert.InRange(count, 4_800, 5_200));
    }

    [Fact]
    public void Settings_out_of_bounds_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonPolicy(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonPolicy(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftmaxPolicy(0));
    }

    private static IExplorationPolicy Policy(string name) => name switch
    {
        "greedy" => new GreedyPolicy(),
        "epsilon" => new EpsilonPolicy(0.3),
        _ => new SoftmaxPolicy(0.4),
    };

    private static DecisionDraws Draws(int decision) => new(Id(decision), 1);

    private static Guid Id(int decision) => new(decision, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);

    private static string Key(int[] ranking) => string.Concat(ranking);

    /// <summary>All rankings of this length.</summary>
    private static IEnumerable<int[]> Rankings(int length) => length == 0
        ? [[]]
        : Rankings(length - 1).SelectMany(
            ranking => Enumerable.Range(0, Scores.Length).Except(ranking).Select(next => (int[])[.. ranking, next]));
}
