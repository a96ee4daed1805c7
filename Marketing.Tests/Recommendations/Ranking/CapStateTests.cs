using Marketing.Domain;
using Marketing.Recommendations.Ranking;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Recommendations.Ranking;

public sealed class CapStateTests
{
    private static readonly FrequencyCap TwoAnHour = new(2, TimeSpan.FromHours(1));

    [Fact]
    public void A_cap_is_reached_until_the_window_of_the_decisive_view_has_passed()
    {
        Assert.Equal(new CapState(true, Sample.Noon.AddMinutes(10)), Of(Sample.Noon, -10, -50));
        Assert.Equal(new CapState(true, Sample.Noon.AddTicks(1)), CapState.Of(TwoAnHour, [Sample.Noon, Sample.Noon.AddHours(-1).AddTicks(1)], Sample.Noon));
        Assert.Equal(new CapState(false, null), Of(Sample.Noon, 0, -60));
        Assert.Equal(new CapState(false, null), Of(Sample.Noon, -1));
        Assert.Equal(new CapState(false, null), Of(Sample.Noon));
    }

    [Fact]
    public void A_view_whose_time_is_still_to_come_counts_from_then_on()
    {
        Assert.Equal(new CapState(false, Sample.Noon.AddMinutes(5)), Of(Sample.Noon, 5, -10));
        Assert.Equal(new CapState(true, Sample.Noon.AddMinutes(50)), Of(Sample.Noon.AddMinutes(5), 5, -10));
    }

    [Fact]
    public void Until_it_changes_a_cap_is_what_counting_the_views_says()
    {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++)
        {
            var cap = new FrequencyCap(random.Next(1, 4), TimeSpan.FromSeconds(random.Next(1, 40)));
            DateTimeOffset[] views =
                [.. Enumerable.Range(0, random.Next(7)).Select(_ => Sample.Noon.AddSeconds(random.Next(-60, 20))).OrderDescending()];
            var state = CapState.Of(cap, views, Sample.Noon);
            var end = state.ChangesAt ?? Sample.Noon.AddHours(1);
            Assert.True(end > Sample.Noon);
            for (var at = Sample.Noon; at < end; at = at.AddSeconds(1))
            {
                Assert.Equal(views.Count(view => view <= at && at - view < cap.Window) >= cap.MaxViews, state.Reached);
            }
        }
    }

    [Fact]
    public void Where_views_to_come_hide_those_before_them_the_cap_is_taken_for_reached()
    {
        int[] minutes = [.. Enumerable.Range(1, CampaignEdge.MaxRecentViews).Reverse()];
        Assert.Equal(new CapState(true, Sample.Noon.AddMinutes(1)), Of(Sample.Noon, minutes));
    }

    private static CapState Of(DateTimeOffset now, params int[] minutes) =>
        CapState.Of(TwoAnHour, [.. minutes.Select(minute => Sample.Noon.AddMinutes(minute))], now);
}
