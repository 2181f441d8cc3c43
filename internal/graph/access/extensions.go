package access

import (
	"io"

	"github.com/marquetry/marquetry/internal/graph"
)

// Config is what the rules of access need from outside.
type Config struct {
	Random io.Reader // source of new tokens
}

// service holds what the actions share. It is not changed once it is made.
type service struct {
	config Config
}

// New provides what the declarations of these objects name.
func New(config Config) graph.Extensions {
	s := &service{config}
	return graph.Extensions{
		Fields: map[string]graph.FieldResolver{
			"user.installed":          graph.Each(installed),
			"user.profile_pic":        graph.Each(pictureAddress),
			"user.picture":            graph.Each(picture),
			"application.link":        graph.Each(applicationLink),
			"application.name":        graph.Each(applicationName),
			"adaccount.business":      accountBusiness,
			"adaccount.business_name": businessName,
		},
		Edges: map[string]graph.EdgeResolver{
			"user.businesses":       businesses,
			"user.catalogs":         catalogs,
			"user.permissions":      permissions,
			"business.clients":      nothingShared,
			"business.pages":        businessPages,
			"business.pixels":       inAccounts("adspixel"),
			"business.studies":      inAccounts("adstudy"),
			"business.users":        businessUsers(false),
			"business.system_users": businessUsers(true),
			"adaccount.users":       accountUsers,
			"application.reports":   reports,
		},
		Actions: map[string]graph.Action{
			"token.debug":              debug,
			"token.issue":              s.issue,
			"user.revoke":              revoke,
			"user.picture":             answerPicture,
			"business.adaccount":       newAccount,
			"adaccount.assign":         assign(false),
			"adaccount.unassign":       assign(true),
			"business.add_system_user": addSystemUser,
			"application.report":       keepReport,
		},
	}
}
