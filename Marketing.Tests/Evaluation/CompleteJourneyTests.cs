namespace Marketing.Tests.Evaluation;

public sealed class CompleteJourneyTests : EvaluationFolder
{
    public CompleteJourneyTests()
    {
        Write("campaign_descriptions.csv.gz",
            "campaign_id,campaign_type,start_date,end_date",
            "1,Type A,2017-01-01,2017-02-01", "2,Type B,2017-01-01,2017-02-01",
            "3,Type A,2017-05-01,2017-06-01", "4,Type B,2017-05-01,2017-06-01");
        Write("campaigns.csv.gz",
            "campaign_id,household_id", "1,h1", "2,h1", "1,h2", "2,h2", "3,h1", "4,h1", "3,h2", "4,h2", "4,h3");
        Write("products.csv.gz",
            "product_id,manufacturer_id,department,brand,product_category,product_type,package_size",
            "10,1,GROCERY,National,DOG FOOD,,", "20,1,GROCERY,National,BABY CARE,,");
        Write("coupons.csv.gz",
            "coupon_upc,product_id,campaign_id", "a,10,1", "b,20,2", "c,10,3", "d,20,4");
    }

    [Fact]
    public async Task Each_first_redemption_of_a_later_campaign_is_a_question_where_there_was_a_choice()
    {
        Write("coupon_redemptions.csv.gz",
            "household_id,coupon_upc,campaign_id,redemption_date",
            "h1,a,1,2017-01-05", "h2,b,2,2017-01-06",
            "h1,c,3,2017-05-05", "h1,c,3,2017-05-06", "h2,d,4,2017-05-07", "h3,d,4,2017-05-07");

        var rows = await EvaluateAsync("completejourney");

        // h3 received only one campaign, and the second redemption of h1 repeats the first.
        Assert.Equal(2, rows[("all", "hybrid")].GetProperty("n").GetInt32());
        Assert.Equal(1, Metric(rows[("all", "hybrid")], "hitrate@3"));
    }
}
