using System.Text.Json;

namespace Marketing.Tests.Evaluation;

public sealed class OpenBanditTests : EvaluationFolder
{
    private const string Header = ",timestamp,item_id,position,click,propensity_score,user_feature_0";

    [Fact]
    public async Task Each_policy_is_estimated_from_the_log_of_the_other_beside_its_own()
    {
        WriteWorld(impressions: 20_000, ".gz");

        var rows = await EvaluateAsync("openbandit");

        Assert.Equal(10, rows.Count);
        foreach (var estimator in new[] { "ips", "snips", "dm", "dr", "dros" })
        {
            AssertCovers(rows[("uniform-from-bts", estimator)]);
            AssertCovers(rows[("bts-from-uniform", estimator)]);
        }

        // Two items, of which Thompson sampling shows the better three times out of four.
        var row = rows[("uniform-from-bts", "ips")];
        Assert.Equal(20_000, row.GetProperty("n").GetInt32());
        Assert.Equal(20_000 * 0.75, Metric(row, "ess"), 20_000 * 0.02);
        Assert.Equal(0.15, Metric(row, "truth"), 0.01);
        Assert.Equal(0.175, Metric(rows[("bts-from-uniform", "dr")], "truth"), 0.01);
        Assert.Equal(1, Metric(row, "verdict"));
    }

    [Fact]
    public async Task A_log_that_is_too_small_has_the_verdict_that_it_cannot_tell()
    {
        WriteWorld(impressions: 900, "");

        var rows = await EvaluateAsync("openbandit", null, "dr");

        Assert.Equal(["dr"], rows.Keys.Select(row => row.Strategy).Distinct());
        Assert.All(rows.Values, row => Assert.Equal(0, Metric(row, "verdict")));
    }

    [Fact]
    public async Task Another_campaign_is_read_from_its_own_folder()
    {
        var (code, _, errors) = await RunOnCampaignAsync("openbandit", "women");

        Assert.Equal(1, code);
        Assert.Contains("random/women/women.csv", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_of_a_data_set_without_campaigns_is_refused()
    {
        var (code, _, errors) = await RunOnCampaignAsync("movielens", "women");

        Assert.Equal((1, "movielens has no --campaign.\n"), (code, errors));
    }

    [Fact]
    public async Task A_propensity_that_cannot_be_is_named_with_its_file()
    {
        WriteWorld(impressions: 10, "");
        Write("bts/men/men.csv", Header, "0,now,1,1,0,1.5,a");

        var (code, _, errors) = await RunAsync("openbandit");

        Assert.Equal(1, code);
        Assert.Contains("propensity_score", errors, StringComparison.Ordinal);
    }

    private static void AssertCovers(JsonElement row) =>
        Assert.InRange(Metric(row, "truth"), Metric(row, "low"), Metric(row, "high"));

    /// <summary>Item 0 has a click rate of .2, item 1 of .1, at each of two positions.</summary>
    private void WriteWorld(int impressions, string extension)
    {
        var random = new Random(1);
        foreach (var (policy, first) in new[] { ("random", 0.5), ("bts", 0.75) })
        {
            Directory.CreateDirectory(Path.Combine(Folder, policy, "men"));
            Write($"{policy}/men/men.csv{extension}", [Header, .. Enumerable.Range(0, impressions).Select(row =>
            {
                var item = random.NextDouble() < first ? 0 : 1;
                var click = random.NextDouble() < (item == 0 ? 0.2 : 0.1) ? 1 : 0;
                return FormattableString.Invariant($"{row},now,{item},{1 + (row % 2)},{click},{(item == 0 ? first : 1 - first)},a");
            })]);
        }
    }
}
