using Marketing.Recommender.Models;
using Marketing.Recommender.Models.Engagement;
using Marketing.Recommender.Models.ItemItem;
using Marketing.Recommender.Models.Profiles;
using Marketing.Recommender.Pipeline;
using Marketing.Recommender.Ranking;
using Marketing.Recommender.Sources.Behaviour;
using Marketing.Recommender.Sources.CampaignText;
using Marketing.Recommender.Sources.Popular;
using Marketing.Recommender.Sources.Profile;
using Marketing.Recommender.Sources.SimilarUsers;
using Marketing.Recommender.Sources.Trending;
using Marketing.Recommender.Strategies.Classic;
using Marketing.Recommender.Strategies.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Recommender;

/// <summary>Binds every options record to its section and has it checked at start.</summary>
internal static class RecommenderOptionsRegistration
{
    public static void AddRecommenderOptions(this IServiceCollection services)
    {
        services.Bind<PipelineOptions>(PipelineOptions.Section);
        services.Bind<ModelOptions>(ModelOptions.Section);
        services.Bind<EngagementOptions>(EngagementOptions.Section);
        services.Bind<ItemItemOptions>(ItemItemOptions.Section);
        services.Bind<ProfileOptions>(ProfileOptions.Section);
        services.Bind<ClassicOptions>(ClassicOptions.Section);
        services.Bind<HybridOptions>(HybridOptions.Section);
        services.Bind<RankingOptions>(RankingOptions.Section);
        services.Bind<SimilarUsersOptions>(SimilarUsersOptions.Section);
        services.Bind<CampaignTextOptions>(CampaignTextOptions.Section);
        services.Bind<ProfileSourceOptions>(ProfileSourceOptions.Section);
        services.Bind<BehaviourOptions>(BehaviourOptions.Section);
        services.Bind<TrendingOptions>(TrendingOptions.Section);
        services.Bind<PopularOptions>(PopularOptions.Section);
    }

    private static void Bind<TOptions>(this IServiceCollection services, string section)
        where TOptions : class =>
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
